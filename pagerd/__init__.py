"""pagerd: a pager for teams that run Prometheus."""

__version__ = "0.1.0"
