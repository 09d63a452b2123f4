"""The sink behind implicit TLS: accepts everything, keeps nothing, until its standard input ends.

tls-sink.py CERTIFICATE KEY - prints the port of 127.0.0.1 that it listens on.
"""

import socket
import ssl
import sys
import threading


def serve(connection):
    def say(text):
        connection.sendall(text)

    say(b"220 sink.example ESMTP\r\n")
    lines = b""
    block = bytearray(1 << 20)
    while count := connection.recv_into(block):
        lines += block[:count]
        while b"\n" in lines:
            line, _, lines = lines.partition(b"\n")
            verb = line[:4].upper()
            if verb == b"EHLO":
                say(b"250-sink.example\r\n250 SIZE 0\r\n")
            elif verb == b"QUIT":
                say(b"221 Bye\r\n")
                return
            elif verb == b"DATA":
                say(b"354 Go on\r\n")
                tail = b"\r\n" + lines
                while not tail.endswith(b"\r\n.\r\n"):
                    count = connection.recv_into(block)
                    if count == 0:
                        return
                    tail = tail[-5:] + block[max(0, count - 5) : count]
                lines = b""
                say(b"250 Ok\r\n")
            else:
                say(b"250 Ok\r\n")


def session(connection, context):
    try:
        with context.wrap_socket(connection, server_side=True) as secured:
            serve(secured)
    except OSError:
        connection.close()


def accept(listener, context):
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=session, args=(connection, context), daemon=True).start()


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
listener = socket.create_server(("127.0.0.1", 0), backlog=128)
print(listener.getsockname()[1], flush=True)
threading.Thread(target=accept, args=(listener, context), daemon=True).start()
sys.stdin.read()
