"""Storms: a whole pagerd with everything that goes wrong around it, from one seed, checked after every step."""
