"""Action items: what is to change after an incident, tracked until it is verified that it helped."""
