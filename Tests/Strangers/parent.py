"""Ends a server that a test has started once the test is gone, however that ended."""

import os
import threading
import time


def end_with_it():
    """Call it first: it is the parent of this moment that is meant."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
