"""The engine: what is decided in `core` happens here, in transactions and on time. It knows no adapter."""
