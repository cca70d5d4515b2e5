# acme/types.py
class Issue: ...  # !
