"""The pipeline: from upstream files to validated, resolved, published triples."""
