"""cardkit: the configurator for cards built from rights modules."""

__version__ = "0.1.0"
