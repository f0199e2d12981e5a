"""How notifications go out: one module per medium. `daemon/adapters.py` names the kinds and makes providers of them."""
