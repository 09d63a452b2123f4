/// The same of what libraries and tools say.
extension LogReadingTests {
  static let libraries = rows(
    #"""
    TLS FAILED at tls | mx.example.com 465
      javax.mail.MessagingException: Could not connect to SMTP host: mx.example.com, port: 465; nested exception is: javax.net.ssl.SSLHandshakeException: PKIX path building failed
    TLS FAILED at tls | mx.example.com 587
      Could not connect to SMTP host: mx.example.com, port: 587; nested exception is: javax.net.ssl.SSLException: Unrecognized SSL message, plaintext connection?
    DEFERRED at banner | mx.example.com 25
      Could not connect to SMTP host: mx.example.com, port: 25, response: 421
    CLOSED at banner | mx.example.com 25
      Could not connect to SMTP host: mx.example.com, port: 25, response: -1
    STALLED at banner | mx.example.com 465
      Could not connect to SMTP host: mx.example.com, port: 465; nested exception is: java.net.SocketTimeoutException: Read timed out
    UNREACHABLE at connect | mx.example.com 25
      Could not connect to SMTP host: mx.example.com, port: 25; nested exception is: java.net.ConnectException: Connection refused
    REJECTED at mail
      curl: (55) MAIL failed: 550
    DEFERRED at rcpt
      curl: (56) RCPT failed: 452
    REJECTED at auth
      curl: (67) Login denied: 535
    UNREACHABLE at connect
      curl: (28) Connection timeout after 5001 ms
    STALLED
      smtplib.SMTPServerDisconnected: Connection unexpectedly closed: The read operation timed out
    STALLED
      smtplib.SMTPServerDisconnected: Connection unexpectedly closed: timed out
    CLOSED
      smtplib.SMTPServerDisconnected: Connection unexpectedly closed
    NOT TRIED
      smtplib.SMTPServerDisconnected: please run connect() first
    STALLED at tls
      TimeoutError: _ssl.c:989: The handshake operation timed out
    STALLED
      TimeoutError: The read operation timed out
    UNREACHABLE at connect
      TimeoutError: [Errno 110] Connection timed out
    TLS FAILED at tls
      ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1000)
    STALLED
      Error: Timeout at SMTPConnection._formatError code: 'ETIMEDOUT', command: 'CONN'
    CLOSED at tls
      Error: Client network socket disconnected before secure TLS connection was established
    UNREACHABLE at resolve
      SMTP ERROR: Failed to connect to server: php_network_getaddresses: getaddrinfo failed: Name or service not known (0)
    UNREACHABLE at connect
      SMTP -> ERROR: Failed to connect to server: Connection timed out (110)
    REJECTED at rcpt
      SMTP ERROR: RCPT TO command failed: 550 5.1.1 no such user
    REJECTED at auth
      SMTP ERROR: Password command failed: 535 5.7.8 Error: authentication failed
    UNREACHABLE at resolve | smtp.example.com
      dial tcp: lookup smtp.example.com on 127.0.0.53:53: read udp 127.0.0.1:42->127.0.0.53:53: i/o timeout
    TLS FAILED at tls
      tls: first record does not look like a TLS handshake
    REJECTED
      System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 5.7.1 Unable to relay
    CLOSED
      *** Remote host closed connection unexpectedly.
    STALLED at banner
      Error: Greeting never received
    UNREACHABLE at connect | mx.example.com 25
      curl: (7) Failed to connect to mx.example.com port 25 after 3 ms: Couldn't connect
    UNREACHABLE at connect | mx.example.com 192.0.2.25
      [{LED=441 4.4.1 Error encountered while communicating with primary target IP address: "Failed to connect. Winsock error code: 10060, Win32 error code: 10060." The last endpoint attempted was 192.0.2.25:25};{MSG=};{FQDN=mx.example.com};{IP=192.0.2.25};{LRT=1/1/2022}]
    CLOSED | example.com
      Remote Server at example.com returned '451 4.4.0 SMTPSEND.SuspiciousRemoteServerError; remote server disconnected abruptly; retry will be delayed'
    RESET
      550 5.4.318 Message expired, connection reset(SocketError)
    UNREACHABLE at resolve
      550 5.4.312 Message expired, DNS query failed(ErrorRetry)
    UNREACHABLE at resolve | example.com
      450 4.4.312 DNS query failed [Message=ErrorRetry] [LastAttemptedServerName=example.com] [AM5EUR03FT022.eop.example]
    STALLED
      <** Timeout (30 secs) waiting for server response
    UNREACHABLE at connect | mx.example.com 25
      *** Error connecting to mx.example.com:25:
    UNREACHABLE at connect
      *** IO::Socket::INET6: connect: timeout
    REJECTED
      <** 550 5.7.1 Service unavailable, Client host [198.51.100.7] blocked
    UNREACHABLE at connect | 192.0.2.25 587
      Error: connect ECONNREFUSED 192.0.2.25:587
    UNREACHABLE at connect | 2001:db8::1 25
      Error: connect ECONNREFUSED 2001:db8::1:25
    UNREACHABLE at connect | 192.0.2.25 587
      Error: connect ETIMEDOUT 192.0.2.25:587 - Local (10.0.0.1:51034)
    UNREACHABLE at connect | 192.0.2.25 25
      {"message":"Error: connect EHOSTUNREACH 192.0.2.25:25","code":"ESOCKET","port":2525}
    UNREACHABLE at connect | 2001:db8::1 25
      Error: connect EADDRNOTAVAIL 2001:db8::1:25 - Local (:::0)
    UNREACHABLE at connect | 192.0.2.25 25
      Error: connect EPERM 192.0.2.25:25 - Local (192.0.2.9:43210)
    UNREACHABLE at connect | 192.0.2.25 25
      Error: connect EHOSTDOWN 192.0.2.25:25
    RESET
      Error: write EPIPE
    UNREACHABLE at resolve | mx.example.com
      Error: getaddrinfo EAI_AGAIN mx.example.com
    UNREACHABLE at resolve | mx.example.com
      curl: (6) Could not resolve host: mx.example.com
    UNREACHABLE at resolve | mx.example.com
      curl: (6) Could not resolve host: mx.example.com; Unknown error
    RESET
      Error: read ECONNRESET
    UNREACHABLE at resolve | mx.example.com
      Error: getaddrinfo ENOTFOUND mx.example.com
    UNREACHABLE at connect | mx.example.com 25
      com.sun.mail.util.MailConnectException: Couldn't connect to host, port: mx.example.com, 25; timeout -1
    UNREACHABLE at connect | mx.example.com 25
      com.sun.mail.util.MailConnectException: Couldn't connect to host, port: mx.example.com, 25; timeout 5000; nested exception is: java.net.SocketTimeoutException: connect timed out
    TLS FAILED at tls
      javax.mail.MessagingException: Could not convert socket to TLS
    UNREACHABLE at connect
      SMTP ERROR: Failed to connect to server: Connection timed out (110)
    UNREACHABLE at connect | mx.example.com 25
      msmtp: cannot connect to mx.example.com, port 25: Connection timed out
    UNREACHABLE at connect | 192.0.2.25 25
      dial tcp 192.0.2.25:25: connect: connection refused
    UNREACHABLE at connect
      telnet: Unable to connect to remote host: Connection refused
    UNREACHABLE at connect | 192.0.2.25
      telnet: connect to address 192.0.2.25: No route to host
    UNREACHABLE at connect | mx.example.com 25
      nc: connect to mx.example.com port 25 (tcp) failed: Connection refused
    UNREACHABLE at connect | mx.example.com 192.0.2.25 25
      nc: connect to mx.example.com (192.0.2.25) port 25 (tcp) failed: Connection timed out
    STALLED
      *** Timeout (30 secs) waiting for server response
    UNREACHABLE at connect
      Error: Connection timeout at SMTPConnection._formatError code: 'ETIMEDOUT', command: 'CONN'
    REJECTED at rcpt
      Error: Can't send mail - all recipients were rejected: 550 5.1.1 no such user code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO'
    REJECTED at dot
      Error: Message failed: 552 5.3.4 message too big responseCode: 552, command: 'DATA'
    TLS FAILED at tls
      Error: 140234:error:1408F10B:SSL routines:ssl3_get_record:wrong version number code: 'ESOCKET', command: 'CONN'
    REJECTED at rcpt
      smtplib.SMTPRecipientsRefused: {'a@example.com': (550, b'5.1.1 User unknown')}
    REJECTED
      smtplib.SMTPDataError: (552, b'5.2.3 Message exceeds maximum size')
    REJECTED at mail
      smtplib.SMTPSenderRefused: (501, b'5.1.7 Bad sender address', 'a@')
    REJECTED at ehlo
      smtplib.SMTPHeloError: (501, b"Invalid domain name")
    UNREACHABLE at connect
      socket.timeout: timed out
    TLS FAILED at tls
      ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1129)
    UNREACHABLE at connect
      ConnectionRefusedError: [Errno 111] Connection refused
    UNREACHABLE at connect
      OSError: [Errno 113] No route to host
    DEFERRED
      com.sun.mail.smtp.SMTPSendFailedException: 452 4.3.1 Insufficient system storage
    CLOSED
      System.Net.Mail.SmtpException: Failure sending mail. ---> System.IO.IOException: Unable to read data from the transport connection: net_io_connectionclosed.
    STALLED
      System.Net.Mail.SmtpException: The operation has timed out.
    RESET
      curl: (55) Send failure: Broken pipe
    RESET | mail.example.com
      msmtp: cannot read from mail.example.com: Connection reset by peer
    STALLED at dot
      SMTP ERROR: DATA END command failed:
    REJECTED at dot
      SMTP ERROR: DATA END command failed: 554 5.7.1 spam
    STALLED | 192.0.2.25 25
      read tcp 10.0.0.1:4242->192.0.2.25:25: i/o timeout
    """#)
}
