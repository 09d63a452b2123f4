/// Lines of mail servers as they stand in public reports of trouble, with names and addresses of documentation.
extension LogReadingTests {
  static let lines = mailServers + libraries

  /// What is read and which server it names, and below it the line.
  static let mailServers = rows(
    #"""
    STALLED at body | mx.example.com 192.0.2.25
      2026-11-29 10:00:00 1abcDE-000000-FG H=mx.example.com [192.0.2.25]: SMTP timeout after sending data block (199774 bytes written): Connection timed out
    STALLED at dot
      SMTP timeout after end of data (18210 bytes written)
    DEFERRED at rcpt | mx.example.com 192.0.2.25
      status=deferred (host mx.example.com[192.0.2.25] said: 450 4.1.1 <a@b.example>: Recipient address rejected: unverified address: conversation with mx.other.example[203.0.113.4] timed out while sending RCPT TO (in reply to RCPT TO command))
    DEFERRED at rcpt | mx.example.com 192.0.2.25
      host mx.example.com[192.0.2.25] said: 450 4.1.1 unverified address: lost connection with mx.other.example[203.0.113.4] while receiving the initial server greeting (in reply to RCPT TO command)
    REJECTED at rcpt | mail.example.org 198.51.100.7
      postfix/smtpd[9]: NOQUEUE: reject: RCPT from mail.example.org[198.51.100.7]: 550 5.1.1 <a@b>: unverified address: host mx.other.example[203.0.113.4] said: 550 5.1.1 no (in reply to RCPT TO command); from=<a@b> to=<c@d> proto=ESMTP
    REJECTED at dot | mx550.example.com 192.0.2.25
      host mx550.example.com[192.0.2.25] said: 554 5.6.0 SMTP error from remote mail server after RCPT TO:<x@y.example>: 550 (in reply to end of DATA command)
    REJECTED at rcpt | mx550.example.com 192.0.2.25 25
      relay=mx550.example.com[192.0.2.25]:25, status=bounced (host mx550.example.com[192.0.2.25] said: 550 (in reply to RCPT TO command))
    TLS FAILED at tls | mx.example.com 192.0.2.25
      to=<a@example.com>, relay=mx.example.com [192.0.2.25], dsn=4.0.0, stat=Deferred: 403 4.7.0 TLS handshake failed.
    UNREACHABLE at connect
      to=<a@example.com>, dsn=4.0.0, stat=Deferred: mx.example.com.: No route to host
    DEFERRED | mx.example.com 192.0.2.25
      to=<a@example.com>, relay=mx.example.com. [192.0.2.25], dsn=4.0.0, stat=Deferred: 451 4.7.1 Please try again later
    DEFERRED
      to=<a@example.com>, mailer=esmtp, pri=30000, dsn=4.0.0, stat=Deferred
    UNREACHABLE at connect
      451 4.4.0 Primary target IP address responded with: "421 4.2.1 Unable to connect." Attempted failover to alternate host, but that did not succeed.
    TLS FAILED at tls
      451 4.4.0 Primary target IP address responded with: "454 4.7.5 Certificate validation failure"
    DEFERRED
      451 4.4.0 Primary target IP address responded with: "451 4.7.1 try later"
    CLOSED at dot | 192.0.2.25
      delivery 9: deferral: Connected_to_192.0.2.25_but_connection_died._Possible_duplicate!_(#4.4.2)/
    UNREACHABLE at connect | mx.example.com 192.0.2.25
      == a@example.com R=dnslookup T=remote_smtp defer (110) H=mx.example.com [192.0.2.25]: Connection timed out
    UNREACHABLE at connect | mx.example.com 192.0.2.25
      == a@example.com R=dnslookup T=remote_smtp defer (110) H=mx.example.com [192.0.2.25] DT=0.01s: Connection timed out
    STALLED at dot | mx.example.com 192.0.2.25
      == a@example.com R=dnslookup T=remote_smtp defer (110) H=mx.example.com [192.0.2.25]: SMTP timeout after end of data (18210 bytes written): Connection timed out
    UNREACHABLE at connect | mx.example.com 192.0.2.25 587
      H=mx.example.com [192.0.2.25]:587 Connection refused
    REJECTED at rcpt | mail.example.org 198.51.100.7
      H=mail.example.org [198.51.100.7] F=<a@example.org> rejected RCPT <c@example.com>: relay not permitted
    DEFERRED at rcpt | mail.example.org 198.51.100.7
      H=mail.example.org [198.51.100.7] F=<a@example.org> temporarily rejected RCPT <c@example.com>: greylisted
    REJECTED at dot | mail.example.org 198.51.100.7
      1tABC-000000001-2abc H=mail.example.org [198.51.100.7] F=<a@example.org> rejected after DATA: spam
    REJECTED at auth | mx.example.com 192.0.2.25
      status=deferred (SASL authentication failed; server mx.example.com[192.0.2.25] said: 535 5.7.8 authentication failed)
    REJECTED at auth | mx.example.com 192.0.2.25
      SASL authentication failed; cannot authenticate to server mx.example.com[192.0.2.25]: no mechanism available
    REJECTED at rcpt | mail.example.org 198.51.100.7
      postfix/smtpd[9]: F31AB12: reject: RCPT from mail.example.org[198.51.100.7]: 554 5.7.1 <c@d>: Relay access denied; from=<a@b> to=<c@d> proto=ESMTP
    REJECTED at dot | mail.example.org 198.51.100.7
      postfix/cleanup[9]: F31AB12: milter-reject: END-OF-MESSAGE from mail.example.org[198.51.100.7]: 5.7.1 550 spam; from=<a@b> to=<c@d>
    REJECTED at rcpt | 198.51.100.7
      postfix/postscreen[9]: NOQUEUE: reject: RCPT from [198.51.100.7]:4455: 550 5.7.1 Service unavailable; client [198.51.100.7] blocked using zen.spamhaus.org; from=<a@b>, to=<c@d>
    CLOSED | mail.example.org 198.51.100.7
      postfix/smtpd[9]: lost connection after NOOP from mail.example.org[198.51.100.7]
    REJECTED
      smtpd[1]: mta event=delivery evpid=5 from=<a@b> to=<c@example.com> result="PermFail" stat="550 5.1.1 no such user"
    STALLED at dot | mx.example.com 192.0.2.25 25
      postfix/smtp[123]: 4F: to=<a@example.com>, relay=mx.example.com[192.0.2.25]:25, delay=300, dsn=4.4.2, status=deferred (conversation with mx.example.com[192.0.2.25] timed out while sending end of data -- message may be sent more than once)
    UNREACHABLE at connect | mx.example.com 2001:db8::25 25
      connect to mx.example.com[2001:db8::25]:25: Network is unreachable
    UNREACHABLE at connect | mx.example.com 192.0.2.25 2525
      connect to mx.example.com[192.0.2.25]:2525: Connection timed out
    STALLED at body | out.example.org 198.51.100.7
      postfix/smtpd[9]: timeout after DATA (65536 bytes) from out.example.org[198.51.100.7]
    CLOSED at banner | 198.51.100.7
      smtpd[9]: lost connection after CONNECT from unknown[198.51.100.7]
    STALLED at banner | mx.example.com
      timeout waiting for input from mx.example.com. during client greeting
    UNREACHABLE at connect | mx.example.com
      stat=Deferred: Connection refused by mx.example.com.
    CLOSED | 192.0.2.25
      Connected_to_192.0.2.25_but_connection_died._(#4.4.2)/
    UNREACHABLE at connect
      451 4.4.0 Primary target IP address responded with: "421 4.4.1 Connection timed out."
    DEFERRED at mail
      SMTP error from remote mail server after pipelined MAIL FROM:<a@example.org> SIZE=9: 451 4.7.1 Try later
    UNREACHABLE at connect | mx.example.com 2001:db8::1b 25
      May  6 20:28:37 mail postfix/smtp[859]: connect to mx.example.com[2001:db8::1b]:25: Cannot assign requested address
    CLOSED at tls | mx.example.com 192.0.2.25 25
      postfix/smtp[2322]: SSL_connect error to mx.example.com[192.0.2.25]:25: lost connection
    TLS FAILED at tls | mx.example.com 192.0.2.25 25
      postfix/smtp[2322]: SSL_connect error to mx.example.com[192.0.2.25]:25: -1
    TLS FAILED at tls
      postfix/smtp[2]: warning: TLS library problem: error:0A000102:SSL routines::unsupported protocol:../ssl/statem_lib.c:1987:
    STALLED at tls | 198.51.100.7
      postfix/smtpd[11]: SSL_accept error from unknown[198.51.100.7]: Connection timed out
    PROTOCOL ERROR at ehlo | 198.51.100.7
      postfix/smtpd[11]: improper command pipelining after EHLO from unknown[198.51.100.7]: MAIL FROM:<a@b>
    DEFERRED at body | mail.example.org 198.51.100.7
      postfix/smtpd[9]: too many errors after DATA (0 bytes) from mail.example.org[198.51.100.7]
    PROTOCOL ERROR at banner | 198.51.100.7
      postfix/postscreen[11]: PREGREET 14 after 0.07 from [198.51.100.7]:42014: EHLO ylmf-pc\r\n
    UNREACHABLE at connect
      2017-12-23 10:00:00 1eSVjc-0000GA-8b == a@example.net R=dnslookup T=remote_smtp defer (110): Connection timed out
    UNREACHABLE at connect | mx.example.com 192.0.2.25
      2023-01-01 10:00:00 1pBxyz-0001ab-2C == u@example.com R=dnslookup T=remote_smtp defer (111): Connection refused H=mx.example.com [192.0.2.25]
    NOT TRIED | example.com
      2023-01-01 10:00:00 1pBxyz-0001ab-2C == u@example.com R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host for 'example.com'
    NOT TRIED | example.com
      2023-01-01 10:00:00 1pBxyz-0001ab-2C ** u@example.com R=dnslookup T=remote_smtp: all hosts for 'example.com' have been failing for a long time (and retry time not reached)
    STALLED at banner | mx.example.com 192.0.2.25
      SMTP timeout while connected to mx.example.com [192.0.2.25] after initial connection
    CLOSED | mx.example.com 192.0.2.25
      2023-01-01 10:00:00 1pBxyz-0001ab-2C H=mx.example.com [192.0.2.25] TLS error on connection (recv): The TLS connection was non-properly terminated.
    TLS FAILED at ehlo | mx.example.com 192.0.2.25
      2023-01-01 10:00:00 1pBxyz-0001ab-2C TLS session: error on first read: delivering unencrypted to H=mx.example.com [192.0.2.25] (not in hosts_require_tls)
    TLS FAILED at tls | mail.example.org 198.51.100.7
      TLS error on connection from mail.example.org [198.51.100.7] (gnutls_handshake): A TLS fatal alert has been received.
    TLS FAILED at tls | mx.example.com 192.0.2.25
      2012-09-01 10:00:00 1T7kYx-0003rp-DT TLS error on connection to mx.example.com [192.0.2.25] (gnutls_handshake): A TLS packet with unexpected length was received.
    STALLED at tls | mx.example.com 192.0.2.25
      TLS error on connection to mx.example.com [192.0.2.25] (gnutls_handshake): timed out
    TLS FAILED at tls | mx.example.com 192.0.2.25
      TLS error on connection to mx.example.com [192.0.2.25] (certificate verification failed): certificate invalid
    PROTOCOL ERROR at banner | 198.51.100.7
      SMTP protocol synchronization error (input sent without waiting for greeting): rejected connection from H=[198.51.100.7] input="EHLO x\r\n"
    CLOSED at body | mail.example.org
      sm-mta[22]: u2: collect: unexpected close on connection from mail.example.org, sender=<a@example.org>
    STALLED at body | mail.example.org
      sm-mta[22]: u2: collect: read timeout on connection from mail.example.org, from=<a@example.org>
    RESET at body | mx.example.com
      sm-mta[22]: u2: timeout writing message to mx.example.com.: Broken pipe
    STALLED at body | mx.example.com
      sm-mta[22]: u2: SYSERR(root): timeout writing message to mx.example.com.: Connection timed out
    TLS FAILED at tls
      sm-mta[22]: STARTTLS=client, error: connect failed=-1, reason=sslv3 alert handshake failure, SSL_error=1, errno=0, retry=-1
    TLS FAILED at tls | mail.example.org 198.51.100.7
      sm-mta[22]: STARTTLS=server, error: accept failed=-1, reason=no shared cipher, SSL_error=1, errno=0, retry=-1, relay=mail.example.org [198.51.100.7]
    UNREACHABLE at resolve | example.com
      sm-mta[22]: u2: to=<a@example.com>, dsn=5.1.2, stat=Host unknown (Name server: example.com: host not found)
    CLOSED
      sm-mta[22]: u2: mail.example.org [198.51.100.7] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA
    PROTOCOL ERROR at banner | mail.example.org 198.51.100.7
      sm-mta[22]: u2: rejecting commands from mail.example.org [198.51.100.7] due to pre-greeting traffic after 0 seconds
    UNREACHABLE at connect | mail.example.com 192.0.2.25 25
      Reason: [{LED=450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mail.example.com] [LastAttemptedIP=192.0.2.25:25] [AM5EUR02.eop.example]};{MSG=};{FQDN=mail.example.com};{IP=192.0.2.25}
    REJECTED | mx.example.com 192.0.2.25
      Remote Server at mx.example.com (192.0.2.25) returned '550 5.7.1 no relaying'
    TLS FAILED at starttls
      450 4.4.317 Cannot connect to remote server [Message=451 5.7.3 STARTTLS is required to send mail]
    DEFERRED
      550 5.4.317 Message expired, cannot connect to remote server(451 4.4.62 Mail sent to the wrong region.)
    UNREACHABLE at connect
      550 5.4.316 Message expired, connection refused(Socket error code 10061)
    DEFERRED
      550 5.4.317 Message expired, cannot connect to remote server(451 4.4.62 Wrong region (relay=mx.example.net [198.51.100.7]).)
    TLS FAILED at tls
      450 4.7.320 Certificate validation failed [Message=UntrustedRoot]
    STALLED
      smtpd[]: mta error reason=Connection timeout
    UNREACHABLE at connect
      smtpd[81]: 4f1b mta error reason=IO Error: Connection refused
    RESET
      smtpd[81]: 4f1b mta error reason=IO Error: Connection reset by peer
    UNREACHABLE at connect
      smtpd[81]: 00 mta delivery evpid=1 from=<a@b> to=<c@example.com> rcpt=<-> source="-" relay="example.com" delay=6m41s result="TempFail" stat="Network error on destination MXs"
    REJECTED | mx.example.com 192.0.2.25
      smtpd[81]: 22 mta delivery evpid=5 from=<a@b> to=<c@example.com> rcpt=<-> source="198.51.100.7" relay="192.0.2.25 (mx.example.com)" delay=2s result="PermFail" stat="550 5.7.1 rejected"
    DEFERRED | mx.example.com 192.0.2.25
      relay: TempFail for c534b8c7f5ad4a41: session=a6ee64ec089bf84f, from=<a@example.org>, to=<b@example.com>, rcpt=<->, source=198.51.100.7, relay=192.0.2.25 (mx.example.com), delay=6m41s, stat=451 Temporary failure
    REJECTED at rcpt | mail.example.org 198.51.100.7
      smtpd[8]: 0661 smtp failed-command address=198.51.100.7 host=mail.example.org command="RCPT TO:<foo@example.com>" result="550 Invalid recipient"
    UNREACHABLE at connect
      delivery 7: deferral: Sorry,_I_wasn't_able_to_establish_an_SMTP_connection._(#4.4.1)/
    UNREACHABLE at resolve
      delivery 7: deferral: CNAME_lookup_failed_temporarily._(#4.4.3)/
    REJECTED at rcpt | 192.0.2.25
      delivery 8: failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.1.1_no_such_user/Giving_up_on_192.0.2.25./
    REJECTED at rcpt | 192.0.2.25
      delivery 8: failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.7.1_H=[198.51.100.7]_is_on_a_list/Giving_up_on_192.0.2.25./
    UNREACHABLE at resolve | example.com
      delivery 9: failure: Sorry,_I_couldn't_find_any_host_named_example.com._(#5.1.2)/
    DEFERRED at banner | 192.0.2.25
      delivery 9: deferral: Connected_to_192.0.2.25_but_greeting_failed./Remote_host_said:_421_too_many_connections/
    REJECTED at banner | 192.0.2.25
      delivery 9: failure: Connected_to_192.0.2.25_but_greeting_failed./Remote_host_said:_554_5.7.1_no_mail_from_H=[198.51.100.7]/
    STALLED at tls | 192.0.2.25
      delivery 9: deferral: TLS_connect_failed:_timed_out;_connected_to_192.0.2.25./
    UNREACHABLE at resolve | example.com
      postfix/smtp[7]: 4F: to=<a@example.com>, relay=none, delay=0.1, dsn=5.4.6, status=bounced (mail for example.com loops back to myself)
    UNREACHABLE at resolve
      sm-mta[22]: u2: SYSERR(root): mx.example.com. config error: mail loops back to me (MX problem?)
    REJECTED | mx.example.com 192.0.2.25
      sm-mta[22]: u2: to=<a@example.com>, mailer=esmtp, relay=mx.example.com. [192.0.2.25], dsn=5.6.0, stat=Data format error
    UNREACHABLE at resolve
      2023-01-01 10:00:00 1pBxyz-0001ab-2C == a@example.com R=dnslookup defer (-1): lowest numbered MX record points to local host
    UNREACHABLE at resolve
      delivery 9: failure: Sorry._Although_I'm_listed_as_a_best-preference_MX_or_A_for_that_host,/it_isn't_in_my_control/locals_file,_so_I_don't_treat_it_as_local._(#5.4.6)/
    UNREACHABLE
      [INFO] [30A1.1.1] [outbound] Temp failing 1606859828273_0_90_OQNQDT_80_b97d for 64 seconds: Tried all MXs
    UNREACHABLE at connect | 192.0.2.25 25
      [ERROR] [-] [core] [outbound] Failed to get pool entry: Outbound connection timed out to 192.0.2.25:25
    UNREACHABLE at connect | 192.0.2.25 25
      [ERROR] [-] [core] [outbound] Failed to get pool entry: Outbound connection error: Error: connect ETIMEDOUT 192.0.2.25:25
    CLOSED | 192.0.2.25 25
      [ERROR] [3FE7.1.1] [outbound] Remote end 192.0.2.25:25 closed connection while we were processing mail. Trying next MX.
    STALLED at rcpt | 192.0.2.25 25
      [ERROR] [3FE7.1.1] [outbound] Ongoing connection failed to 192.0.2.25:25 : socket timeout waiting on rcpt
    UNREACHABLE at connect | 192.0.2.25 2555
      [DEBUG] [-] [core] [smtp_client_pool] F907: SMTP connection errored Error: connect ECONNREFUSED 192.0.2.25:2555 (state=4)
    CLOSED | mx.example.com 25
      [ERROR] [3FE7.1.1] [outbound] Remote end mx.example.com:25 closed connection while we were processing mail. Trying next MX.
    NOT TRIED
      2026-11-20 03:14:07 1tABC-000000001-2abc ** u@example.com: retry timeout exceeded
    NOT TRIED | mx.example.com 192.0.2.25
      2026-11-20 03:14:07 1tABC-000000001-2abc ** u@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.25]: message too big (transport limit = 1000)
    UNREACHABLE at resolve | example.com
      postfix/smtp[12]: 4F: to=<a@example.com>, relay=none, delay=0.1, dsn=5.1.0, status=bounced (Domain example.com does not accept mail (nullMX))
    OK at banner | mx.example.com 192.0.2.25 25
      postfix/smtp[12]: 4F: enabling PIX workarounds: disable_esmtp delay_dotcrlf for mx.example.com[192.0.2.25]:25
    UNREACHABLE at resolve | mx.example.com 25
      postfix/smtp[12]: 4F: to=<a@example.com>, relay=none, dsn=4.7.5, status=deferred (TLSA lookup error for mx.example.com:25)
    REJECTED at body | mail.example.org 192.0.2.7
      postfix/smtpd[12]: NOQUEUE: reject: BDAT from mail.example.org[192.0.2.7]: 550 5.5.1 Protocol error; from=<a@b> to=<c@d> proto=ESMTP
    STALLED at banner
      timed out while receiving the initial server greeting
    UNREACHABLE at connect
      Connection timed out
    UNREACHABLE at connect
      Connection refused
    UNREACHABLE at connect
      connect: Connection refused (111)
    UNREACHABLE at connect
      [Errno 113] No route to host
    UNREACHABLE at connect
      network is unreachable
    UNREACHABLE at connect
      ECONNREFUSED
    RESET
      connection reset by peer
    RESET
      write: Broken pipe
    REJECTED
      550 5.7.1 Relaying denied
    DEFERRED
      421-4.7.0 Too many connections from your host
    STALLED | mx.example.com
      sm-mta[12]: xAK1: to=<a@example.com>, relay=mx.example.com., dsn=4.0.0, stat=Deferred: Connection timed out with mx.example.com.
    UNREACHABLE at resolve | example.com
      550 5.4.310 DNS domain example.com does not exist [Message=InfoDomainNonexistent]
    RESET
      smtpd[812]: 6a1b2c3d4e5f mta disconnected reason=io-error: Connection reset by peer
    UNREACHABLE at connect | 192.0.2.25 25
      [ERROR] [AB12.1.1] [outbound] Failed to get socket: connection timed out to 192.0.2.25:25
    """#)
}
