"""free-ports.py COUNT - print COUNT ports of 127.0.0.1 that nobody listens on, below the ephemeral range."""

import random
import socket
import sys

ports: list[int] = []
for port in random.sample(range(10000, 30000), 2000):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    ports.append(port)
    if len(ports) == int(sys.argv[1]):
        break
print(*ports)
