"""Incidents: `apply` persists what was decided, `pages` is what an incident asks for, `commands` are people's acts."""
