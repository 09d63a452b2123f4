#!/usr/bin/env python3
"""An SMTP server on OpenSSL that says what it knows of its client: `welcome NAME`, and `resumed` or `new`.

usage: tls-server.py CERTIFICATE KEY ask|require|late|silent [1.2]

It asks for a certificate at the handshake, insists on one, asks behind the handshake (TLS 1.3), or not at all; clients' certificates
are trusted where they are the server's own.
"""

import socket
import ssl
import sys
import threading

import parent

LATE = sys.argv[3] == "late"


def name(connection):
    peer = connection.getpeercert()
    if not peer:
        return "nobody"
    return dict(part[0] for part in peer["subject"])["commonName"]


def serve(connection, context):
    with connection:
        connection.sendall(b"220 tls.example ESMTP\r\n")
        lines = connection.makefile("rb")
        while True:
            line = lines.readline()
            if not line:
                return
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"STARTTLS":
                connection.sendall(b"220 ready\r\n")
                connection = context.wrap_socket(connection, server_side=True)
                lines = connection.makefile("rb")
            elif verb == b"EHLO":
                offer = b"" if isinstance(connection, ssl.SSLSocket) else b"250-STARTTLS\r\n"
                connection.sendall(b"250-tls.example\r\n" + offer + b"250 SIZE\r\n")
            elif verb == b"MAIL":
                if LATE:
                    connection.verify_client_post_handshake()
                    # The request leaves with the next write, and its answer is read with the next command.
                resumed = "resumed" if connection.session_reused else "new"
                who = "later" if LATE else name(connection)
                connection.sendall(f"250 welcome {who} {resumed}\r\n".encode())
            elif verb == b"RCPT":
                connection.sendall(f"250 yes {name(connection)}\r\n".encode())
            elif verb == b"DATA":
                connection.sendall(b"354 go\r\n")
            elif verb == b"QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            else:
                connection.sendall(b"250 ok\r\n")


def safely(connection, context):
    try:
        serve(connection, context)
    except (OSError, ValueError):
        pass


def main():
    parent.end_with_it()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    context.load_verify_locations(sys.argv[1])
    context.verify_mode = {
        "ask": ssl.CERT_OPTIONAL, "require": ssl.CERT_REQUIRED, "late": ssl.CERT_REQUIRED,
        "silent": ssl.CERT_NONE,
    }[sys.argv[3]]
    context.post_handshake_auth = LATE
    if sys.argv[4:] == ["1.2"]:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=safely, args=(connection, context), daemon=True).start()


main()
