"""Numbered migrations, as SQL files beside this one."""
