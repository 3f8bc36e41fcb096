"""Who delivers descriptions of data to GovData, and under which key."""
