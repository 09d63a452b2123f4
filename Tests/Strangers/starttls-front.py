"""starttls-front.py PORT BACKEND CERTIFICATE KEY - offer STARTTLS on 127.0.0.1:PORT for a server that cannot.

stunnel could do it, but ends sessions in which a TLS record arrives in many small segments ("transfer() loop executes not
transferring any data", seen with 5.68), and small segments are what is tested here.
"""

import select
import socket
import socketserver
import ssl
import sys

import parent

port, backend_port = int(sys.argv[1]), int(sys.argv[2])
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(sys.argv[3], sys.argv[4])


def read_reply(backend) -> list[bytes]:
    lines = [backend.readline()]
    while lines[-1][3:4] == b"-":
        lines.append(backend.readline())
    return lines


class Front(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with socket.create_connection(("127.0.0.1", backend_port)) as backend:
            backend.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not self.talk_until_starttls(backend):
                return
        # Nothing said in clear counts any more (RFC 3207 section 4.2), and OpenSMTPD takes EHLO once.
        with (
            socket.create_connection(("127.0.0.1", backend_port)) as backend,
            context.wrap_socket(self.request, server_side=True) as client,
        ):
            backend.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            read_reply(backend.makefile("rb", buffering=0))
            relay(client, backend)

    def talk_until_starttls(self, backend: socket.socket) -> bool:
        """One command at a time; false when the client went away in clear."""
        # Unbuffered, so that nothing of the handshake is read here.
        commands = self.request.makefile("rb", buffering=0)
        replies = backend.makefile("rb")
        self.request.sendall(b"".join(read_reply(replies)))
        while command := commands.readline():
            verb = command.strip().upper()
            if verb == b"STARTTLS":
                self.request.sendall(b"220 2.0.0 Ready to start TLS\r\n")
                return True
            backend.sendall(command)
            reply = read_reply(replies)
            if verb.startswith(b"EHLO"):
                reply.insert(1, b"250-STARTTLS\r\n")
            self.request.sendall(b"".join(reply))
        return False


def relay(client: ssl.SSLSocket, backend: socket.socket) -> None:
    while True:
        readable = [client] if client.pending() else select.select([client, backend], [], [])[0]
        for source in readable:
            data = source.recv(65536)
            if not data:
                return
            (backend if source is client else client).sendall(data)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request, client_address) -> None:
        print(client_address, sys.exc_info()[1], file=sys.stderr)


parent.end_with_it()
Server(("127.0.0.1", port), Front).serve_forever()
