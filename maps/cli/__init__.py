"""The command `waybill`: one module a command, heavy imports inside the commands."""
