/// Lines as they stand in public reports of trouble, with names and addresses of documentation.
extension LogReadingTests {
  static let moreLines = [
    Row(
      text:
        #"May  6 20:28:37 mail postfix/smtp[859]: connect to mx.example.com[2001:db8::1b]:25: Cannot assign requested address"#,
      outcome: "UNREACHABLE at connect", place: "mx.example.com 2001:db8::1b 25"),
    Row(
      text:
        #"postfix/smtp[2322]: SSL_connect error to mx.example.com[192.0.2.25]:25: lost connection"#,
      outcome: "CLOSED at tls", place: "mx.example.com 192.0.2.25 25"),
    Row(
      text: #"postfix/smtp[2322]: SSL_connect error to mx.example.com[192.0.2.25]:25: -1"#,
      outcome: "TLS FAILED at tls", place: "mx.example.com 192.0.2.25 25"),
    Row(
      text:
        #"postfix/smtp[2]: warning: TLS library problem: error:0A000102:SSL routines::unsupported protocol:../ssl/statem_lib.c:1987:"#,
      outcome: "TLS FAILED at tls", place: ""),
    Row(
      text:
        #"postfix/smtpd[11]: SSL_accept error from unknown[198.51.100.7]: Connection timed out"#,
      outcome: "STALLED at tls", place: "198.51.100.7"),
    Row(
      text:
        #"postfix/smtpd[11]: improper command pipelining after EHLO from unknown[198.51.100.7]: MAIL FROM:<a@b>"#,
      outcome: "PROTOCOL ERROR at ehlo", place: "198.51.100.7"),
    Row(
      text:
        #"postfix/smtpd[9]: too many errors after DATA (0 bytes) from mail.example.org[198.51.100.7]"#,
      outcome: "DEFERRED at body", place: "mail.example.org 198.51.100.7"),
    Row(
      text:
        #"postfix/postscreen[11]: PREGREET 14 after 0.07 from [198.51.100.7]:42014: EHLO ylmf-pc\r\n"#,
      outcome: "PROTOCOL ERROR at banner", place: "198.51.100.7"),
    Row(
      text:
        #"2017-12-23 10:00:00 1eSVjc-0000GA-8b == a@example.net R=dnslookup T=remote_smtp defer (110): Connection timed out"#,
      outcome: "STALLED at connect", place: ""),
    Row(
      text:
        #"2023-01-01 10:00:00 1pBxyz-0001ab-2C == u@example.com R=dnslookup T=remote_smtp defer (111): Connection refused H=mx.example.com [192.0.2.25]"#,
      outcome: "UNREACHABLE at connect", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"2023-01-01 10:00:00 1pBxyz-0001ab-2C == u@example.com R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host for 'example.com'"#,
      outcome: "UNREACHABLE", place: "example.com"),
    Row(
      text:
        #"2023-01-01 10:00:00 1pBxyz-0001ab-2C ** u@example.com R=dnslookup T=remote_smtp: all hosts for 'example.com' have been failing for a long time (and retry time not reached)"#,
      outcome: "UNREACHABLE", place: "example.com"),
    Row(
      text:
        #"SMTP timeout while connected to mx.example.com [192.0.2.25] after initial connection"#,
      outcome: "STALLED at banner", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"2023-01-01 10:00:00 1pBxyz-0001ab-2C H=mx.example.com [192.0.2.25] TLS error on connection (recv): The TLS connection was non-properly terminated."#,
      outcome: "CLOSED", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"2023-01-01 10:00:00 1pBxyz-0001ab-2C TLS session: error on first read: delivering unencrypted to H=mx.example.com [192.0.2.25] (not in hosts_require_tls)"#,
      outcome: "TLS FAILED at ehlo", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"TLS error on connection from mail.example.org [198.51.100.7] (gnutls_handshake): A TLS fatal alert has been received."#,
      outcome: "TLS FAILED at tls", place: "mail.example.org 198.51.100.7"),
    Row(
      text:
        #"2012-09-01 10:00:00 1T7kYx-0003rp-DT TLS error on connection to mx.example.com [192.0.2.25] (gnutls_handshake): A TLS packet with unexpected length was received."#,
      outcome: "TLS FAILED at tls", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"TLS error on connection to mx.example.com [192.0.2.25] (gnutls_handshake): timed out"#,
      outcome: "STALLED at tls", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"TLS error on connection to mx.example.com [192.0.2.25] (certificate verification failed): certificate invalid"#,
      outcome: "TLS FAILED at tls", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"SMTP protocol synchronization error (input sent without waiting for greeting): rejected connection from H=[198.51.100.7] input="EHLO x\r\n""#,
      outcome: "PROTOCOL ERROR at banner", place: "198.51.100.7"),
    Row(
      text:
        #"sm-mta[22]: u2: collect: unexpected close on connection from mail.example.org, sender=<a@example.org>"#,
      outcome: "CLOSED at body", place: "mail.example.org"),
    Row(
      text:
        #"sm-mta[22]: u2: collect: read timeout on connection from mail.example.org, from=<a@example.org>"#,
      outcome: "STALLED at body", place: "mail.example.org"),
    Row(
      text: #"sm-mta[22]: u2: timeout writing message to mx.example.com.: Broken pipe"#,
      outcome: "RESET at body", place: "mx.example.com"),
    Row(
      text:
        #"sm-mta[22]: u2: SYSERR(root): timeout writing message to mx.example.com.: Connection timed out"#,
      outcome: "STALLED at body", place: "mx.example.com"),
    Row(
      text:
        #"sm-mta[22]: STARTTLS=client, error: connect failed=-1, reason=sslv3 alert handshake failure, SSL_error=1, errno=0, retry=-1"#,
      outcome: "TLS FAILED at tls", place: ""),
    Row(
      text:
        #"sm-mta[22]: STARTTLS=server, error: accept failed=-1, reason=no shared cipher, SSL_error=1, errno=0, retry=-1, relay=mail.example.org [198.51.100.7]"#,
      outcome: "TLS FAILED at tls", place: "mail.example.org 198.51.100.7"),
    Row(
      text:
        #"sm-mta[22]: u2: to=<a@example.com>, dsn=5.1.2, stat=Host unknown (Name server: example.com: host not found)"#,
      outcome: "UNREACHABLE at resolve", place: "example.com"),
    Row(
      text:
        #"sm-mta[22]: u2: mail.example.org [198.51.100.7] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"#,
      outcome: "CLOSED", place: ""),
    Row(
      text:
        #"sm-mta[22]: u2: rejecting commands from mail.example.org [198.51.100.7] due to pre-greeting traffic after 0 seconds"#,
      outcome: "PROTOCOL ERROR at banner", place: "mail.example.org 198.51.100.7"),
    Row(
      text:
        #"Reason: [{LED=450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mail.example.com] [LastAttemptedIP=192.0.2.25:25] [AM5EUR02.eop.example]};{MSG=};{FQDN=mail.example.com};{IP=192.0.2.25}"#,
      outcome: "UNREACHABLE at connect", place: "mail.example.com 192.0.2.25 25"),
    Row(
      text:
        #"[{LED=441 4.4.1 Error encountered while communicating with primary target IP address: "Failed to connect. Winsock error code: 10060, Win32 error code: 10060." The last endpoint attempted was 192.0.2.25:25};{MSG=};{FQDN=mx.example.com};{IP=192.0.2.25};{LRT=1/1/2022}]"#,
      outcome: "STALLED at connect", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"Remote Server at example.com returned '451 4.4.0 SMTPSEND.SuspiciousRemoteServerError; remote server disconnected abruptly; retry will be delayed'"#,
      outcome: "CLOSED", place: "example.com"),
    Row(
      text: #"Remote Server at mx.example.com (192.0.2.25) returned '550 5.7.1 no relaying'"#,
      outcome: "REJECTED", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"450 4.4.317 Cannot connect to remote server [Message=451 5.7.3 STARTTLS is required to send mail]"#,
      outcome: "TLS FAILED at starttls", place: ""),
    Row(
      text:
        #"550 5.4.317 Message expired, cannot connect to remote server(451 4.4.62 Mail sent to the wrong region.)"#,
      outcome: "DEFERRED", place: ""),
    Row(
      text: #"550 5.4.316 Message expired, connection refused(Socket error code 10061)"#,
      outcome: "UNREACHABLE at connect", place: ""),
    Row(
      text: #"550 5.4.318 Message expired, connection reset(SocketError)"#,
      outcome: "RESET", place: ""),
    Row(
      text: #"550 5.4.312 Message expired, DNS query failed(ErrorRetry)"#,
      outcome: "UNREACHABLE at resolve", place: ""),
    Row(
      text:
        #"450 4.4.312 DNS query failed [Message=ErrorRetry] [LastAttemptedServerName=example.com] [AM5EUR03FT022.eop.example]"#,
      outcome: "UNREACHABLE at resolve", place: "example.com"),
    Row(
      text: #"450 4.7.320 Certificate validation failed [Message=UntrustedRoot]"#,
      outcome: "TLS FAILED at tls", place: ""),
    Row(
      text: #"<** Timeout (30 secs) waiting for server response"#,
      outcome: "STALLED", place: ""),
    Row(
      text: #"*** Error connecting to mx.example.com:25:"#,
      outcome: "UNREACHABLE at connect", place: "mx.example.com 25"),
    Row(
      text: #"*** IO::Socket::INET6: connect: timeout"#,
      outcome: "STALLED at connect", place: ""),
    Row(
      text: #"<** 550 5.7.1 Service unavailable, Client host [198.51.100.7] blocked"#,
      outcome: "REJECTED", place: ""),
    Row(
      text: #"smtpd[]: mta error reason=Connection timeout"#,
      outcome: "STALLED", place: ""),
    Row(
      text: #"smtpd[81]: 4f1b mta error reason=IO Error: Connection refused"#,
      outcome: "UNREACHABLE at connect", place: ""),
    Row(
      text: #"smtpd[81]: 4f1b mta error reason=IO Error: Connection reset by peer"#,
      outcome: "RESET", place: ""),
    Row(
      text:
        #"smtpd[81]: 00 mta delivery evpid=1 from=<a@b> to=<c@example.com> rcpt=<-> source="-" relay="example.com" delay=6m41s result="TempFail" stat="Network error on destination MXs""#,
      outcome: "UNREACHABLE at connect", place: ""),
    Row(
      text:
        #"smtpd[81]: 22 mta delivery evpid=5 from=<a@b> to=<c@example.com> rcpt=<-> source="198.51.100.7" relay="192.0.2.25 (mx.example.com)" delay=2s result="PermFail" stat="550 5.7.1 rejected""#,
      outcome: "REJECTED", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"relay: TempFail for c534b8c7f5ad4a41: session=a6ee64ec089bf84f, from=<a@example.org>, to=<b@example.com>, rcpt=<->, source=198.51.100.7, relay=192.0.2.25 (mx.example.com), delay=6m41s, stat=451 Temporary failure"#,
      outcome: "DEFERRED", place: "mx.example.com 192.0.2.25"),
    Row(
      text:
        #"smtpd[8]: 0661 smtp failed-command address=198.51.100.7 host=mail.example.org command="RCPT TO:<foo@example.com>" result="550 Invalid recipient""#,
      outcome: "REJECTED at rcpt", place: "mail.example.org 198.51.100.7"),
    Row(
      text:
        #"delivery 7: deferral: Sorry,_I_wasn't_able_to_establish_an_SMTP_connection._(#4.4.1)/"#,
      outcome: "UNREACHABLE at connect", place: ""),
    Row(
      text: #"delivery 7: deferral: CNAME_lookup_failed_temporarily._(#4.4.3)/"#,
      outcome: "UNREACHABLE at resolve", place: ""),
    Row(
      text:
        #"delivery 8: failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.1.1_no_such_user/Giving_up_on_192.0.2.25./"#,
      outcome: "REJECTED at rcpt", place: "192.0.2.25"),
    Row(
      text: #"delivery 9: failure: Sorry,_I_couldn't_find_any_host_named_example.com._(#5.1.2)/"#,
      outcome: "UNREACHABLE at resolve", place: "example.com"),
    Row(
      text:
        #"delivery 9: deferral: Connected_to_192.0.2.25_but_greeting_failed./Remote_host_said:_421_too_many_connections/"#,
      outcome: "DEFERRED at banner", place: "192.0.2.25"),
    Row(
      text: #"delivery 9: deferral: TLS_connect_failed:_timed_out;_connected_to_192.0.2.25./"#,
      outcome: "STALLED at tls", place: "192.0.2.25"),
    Row(
      text:
        #"[ERROR] [-] [core] [outbound] Failed to get pool entry: Outbound connection timed out to 192.0.2.25:25"#,
      outcome: "STALLED at connect", place: "192.0.2.25 25"),
    Row(
      text:
        #"[ERROR] [-] [core] [outbound] Failed to get pool entry: Outbound connection error: Error: connect ETIMEDOUT 192.0.2.25:25"#,
      outcome: "STALLED at connect", place: "192.0.2.25 25"),
    Row(
      text:
        #"[ERROR] [3FE7.1.1] [outbound] Remote end 192.0.2.25:25 closed connection while we were processing mail. Trying next MX."#,
      outcome: "CLOSED", place: "192.0.2.25 25"),
    Row(
      text:
        #"[ERROR] [3FE7.1.1] [outbound] Ongoing connection failed to 192.0.2.25:25 : socket timeout waiting on rcpt"#,
      outcome: "STALLED at rcpt", place: "192.0.2.25 25"),
    Row(
      text:
        #"[DEBUG] [-] [core] [smtp_client_pool] F907: SMTP connection errored Error: connect ECONNREFUSED 192.0.2.25:2555 (state=4)"#,
      outcome: "UNREACHABLE at connect", place: "192.0.2.25 2555"),
    Row(
      text: #"Error: connect ECONNREFUSED 192.0.2.25:587"#,
      outcome: "UNREACHABLE at connect", place: "192.0.2.25 587"),
    Row(
      text: #"Error: connect ECONNREFUSED 2001:db8::1:25"#,
      outcome: "UNREACHABLE at connect", place: "2001:db8::1 25"),
    Row(
      text: #"Error: connect ETIMEDOUT 192.0.2.25:587 - Local (10.0.0.1:51034)"#,
      outcome: "STALLED at connect", place: "192.0.2.25 587"),
    Row(
      text:
        #"{"message":"Error: connect EHOSTUNREACH 192.0.2.25:25","code":"ESOCKET","port":2525}"#,
      outcome: "UNREACHABLE at connect", place: "192.0.2.25 25"),
    Row(
      text: #"Error: connect EADDRNOTAVAIL 2001:db8::1:25 - Local (:::0)"#,
      outcome: "UNREACHABLE at connect", place: "2001:db8::1 25"),
    Row(
      text: #"Error: connect EPERM 192.0.2.25:25 - Local (192.0.2.9:43210)"#,
      outcome: "UNREACHABLE at connect", place: "192.0.2.25 25"),
    Row(
      text: #"Error: connect EHOSTDOWN 192.0.2.25:25"#,
      outcome: "UNREACHABLE at connect", place: "192.0.2.25 25"),
    Row(
      text: #"Error: write EPIPE"#,
      outcome: "RESET", place: ""),
    Row(
      text: #"Error: getaddrinfo EAI_AGAIN mx.example.com"#,
      outcome: "UNREACHABLE at resolve", place: "mx.example.com"),
    Row(
      text:
        #"[ERROR] [3FE7.1.1] [outbound] Remote end mx.example.com:25 closed connection while we were processing mail. Trying next MX."#,
      outcome: "CLOSED", place: "mx.example.com 25"),
    Row(
      text: #"curl: (6) Could not resolve host: mx.example.com"#,
      outcome: "UNREACHABLE at resolve", place: "mx.example.com"),
    Row(
      text: #"curl: (6) Could not resolve host: mx.example.com; Unknown error"#,
      outcome: "UNREACHABLE at resolve", place: "mx.example.com"),
    Row(
      text: #"Error: read ECONNRESET"#,
      outcome: "RESET", place: ""),
    Row(
      text: #"Error: getaddrinfo ENOTFOUND mx.example.com"#,
      outcome: "UNREACHABLE at resolve", place: "mx.example.com"),
    Row(
      text:
        #"com.sun.mail.util.MailConnectException: Couldn't connect to host, port: mx.example.com, 25; timeout -1"#,
      outcome: "UNREACHABLE at connect", place: "mx.example.com 25"),
    Row(
      text:
        #"com.sun.mail.util.MailConnectException: Couldn't connect to host, port: mx.example.com, 25; timeout 5000; nested exception is: java.net.SocketTimeoutException: connect timed out"#,
      outcome: "STALLED at connect", place: "mx.example.com 25"),
    Row(
      text: #"javax.mail.MessagingException: Could not convert socket to TLS"#,
      outcome: "TLS FAILED at tls", place: ""),
    Row(
      text: #"SMTP ERROR: Failed to connect to server: Connection timed out (110)"#,
      outcome: "STALLED at connect", place: ""),
    Row(
      text: #"msmtp: cannot connect to mx.example.com, port 25: Connection timed out"#,
      outcome: "STALLED at connect", place: "mx.example.com 25"),
    Row(
      text: #"dial tcp 192.0.2.25:25: connect: connection refused"#,
      outcome: "UNREACHABLE at connect", place: "192.0.2.25 25"),
    Row(
      text: #"read tcp 10.0.0.1:4242->192.0.2.25:25: i/o timeout"#,
      outcome: "STALLED", place: "192.0.2.25 25"),
  ]
}
