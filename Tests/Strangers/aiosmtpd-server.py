"""aiosmtpd-server.py PORT CERTIFICATE KEY - aiosmtpd on loopback, with STARTTLS; throws all mail away."""

import asyncio
import ssl
import sys

import parent
from aiosmtpd.smtp import SMTP


class Sink:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        # It reads pipelined commands in order, but does not advertise the extension.
        session.host_name = hostname
        return responses[:-1] + ["250-PIPELINING"] + responses[-1:]

    async def handle_DATA(self, server, session, envelope):
        return "250 2.0.0 OK dropped"


async def main(port: int, certificate: str, key: str) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def protocol() -> SMTP:
        return SMTP(
            Sink(), hostname="aiosmtpd.test", tls_context=context, data_size_limit=None, enable_SMTPUTF8=True
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", port, backlog=512)
    await server.serve_forever()


parent.end_with_it()
asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
