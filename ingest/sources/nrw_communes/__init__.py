"""Projects of the federal fellowship Tech4Germany, 2019 to 2022."""
