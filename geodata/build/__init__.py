"""Make the files under ``geodata/data`` from their sources: ``python -m geodata.build``."""
