"""The licences that DCAT-AP.de allows, each with whether it is open."""
