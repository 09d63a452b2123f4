"""An SMTP server that gives away what it was told in confidence: echo-server.py PASSWORD WHERE

It listens on a free port of 127.0.0.1 and prints it; then each form of the password that it gives away, one a line.
WHERE is the reply that has them: ehlo, auth (a refusal), mail, stall (the refusal has no end), or bare (the second
half of each stands behind a line that LF alone ends). Each form stands there whole, and over two lines; segments are
cut anywhere.
"""
import base64
import socket
import sys
import threading
import urllib.parse

import parent


def forms(password):
    plain = password.encode()
    coded = base64.b64encode(plain).decode()
    return [
        password, password.upper(), password.swapcase(), password[::-1], coded, coded.rstrip("="),
        base64.urlsafe_b64encode(plain).decode(), base64.b64encode(b"\0alice\0" + plain).decode(),
        base64.b64encode(b"it was " + plain + b", was it?").decode(), plain.hex(), plain.hex().upper(),
        plain.hex(":"), urllib.parse.quote(password, safe=""), urllib.parse.quote_plus(password),
        urllib.parse.quote(password, safe="").lower(), "".join(f"%{byte:02X}" for byte in plain),
    ]


def leak(code, given, ending="\r\n"):
    lines = []
    for form in given:
        half = len(form) // 2
        lines.append(f"{code}-5.7.8 said here: {form} is wrong\r\n")
        lines.append(f"{code}-5.7.8 said here: {form[:half]}{ending}")
        lines.append(f"{code}-5.7.8 {form[half:]} is wrong\r\n")
    return "".join(lines)


def serve(connection, given, where):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    file = connection.makefile("rb")

    def say(text):
        data = text.encode()
        for start in range(0, len(data), 23):
            connection.sendall(data[start:start + 23])

    say("220 echo.example ESMTP\r\n")
    while line := file.readline(20000):
        verb = line.split()[0].upper()
        if verb == b"EHLO":
            say("250-echo.example\r\n" + (leak(250, given) if where == "ehlo" else "") + "250 AUTH PLAIN\r\n")
        elif verb == b"AUTH" and where == "stall":
            half = given[0][:len(given[0]) // 2]
            say(leak(535, given) + f"535-5.7.8 said here: {half}")
        elif verb == b"AUTH" and where in ("auth", "bare"):
            say(leak(535, given, "\n" if where == "bare" else "\r\n") + "535 5.7.8 no\r\n")
        elif verb == b"AUTH":
            say("235 2.7.0 welcome\r\n")
        elif verb == b"MAIL":
            say((leak(250, given) if where == "mail" else "") + "250 2.1.0 ok\r\n")
        elif verb == b"DATA":
            say("554 5.3.0 no\r\n")
        elif verb == b"QUIT":
            say("221 2.0.0 bye\r\n")
            return
        else:
            say("250 2.0.0 ok\r\n")


def session(connection, given, where):
    with connection:
        try:
            serve(connection, given, where)
        except (OSError, IndexError):
            pass


def main():
    parent.end_with_it()
    given = forms(sys.argv[1])
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], *given, sep="\n", flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=session, args=(connection, given, sys.argv[2]), daemon=True).start()


main()
