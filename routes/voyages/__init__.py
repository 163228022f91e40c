"""Position reports of vessels, up to hundreds of millions of rows, as voyages between ports; see `tracks`."""
