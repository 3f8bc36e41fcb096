"""Reconciliation: which of our things is meant by a name, with what others say of it.

Knows nothing of HTTP and of the two versions of the protocol; `api/routes/reconcile*.py` do.
"""
