"""The federal ministries by legislature, with the renamings of 2018 and 2021 as dated bodies."""
