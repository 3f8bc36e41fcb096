"""What every side needs: terms, IRIs, gate, release, store, questions, answers."""
