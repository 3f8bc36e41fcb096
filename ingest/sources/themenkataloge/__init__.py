"""Which federal ministry is responsible for which topic: the topic catalogues of 2023."""
