"""The language of templates for messages, and how a message is written in it."""
