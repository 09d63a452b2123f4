import SessionTrace

/// Whether and how the session is encrypted.
extension OptionRow {
  package static let tls = value(
    "tls", \.tls, .tls,
    "off, auto (when offered, as an MTA does; implicit on port 465), require, implicit."
  ).with { $0.actsFrom = .starttls }

  package static let tlsVerify = flag(
    "tls-verify", \.tlsVerify, .tls,
    "Fail unless there is TLS and the certificate is trusted and names the host; with auto: require."
  ).with { $0.actsFrom = .tls }

  package static let tlsPriority = value(
    "tls-priority", \.tlsPriority, .tls, "GnuTLS priority string."
  ).with { $0.actsFrom = .tls }

  package static let tlsSNI = value(
    "tls-sni", \.tlsSNI, .tls,
    "Name for SNI and for checking the certificate. Default: the host."
  ).with { $0.actsFrom = .tls }

  package static let tlsCAPath = value(
    "tls-ca-path", \.tlsCAPath, .tls,
    "More trusted certificates: a PEM file, or a directory of hashed ones."
  ).with { $0.mayComeFromAReport = false }

  package static let tlsCert = value(
    "tls-cert", \.tlsCert, .tls,
    "A certificate of ours, with its chain, for servers that ask for one: a PEM file."
  ).with {
    $0.placeholder = "file"
    $0.mayComeFromAReport = false
  }

  package static let tlsKey = value(
    "tls-key", \.tlsKey, .tls, "Its key: a PEM file. Default: that of --tls-cert."
  ).with {
    $0.placeholder = "file"
    $0.mayComeFromAReport = false
  }

  package static let tlsFingerprint = list(
    "tls-fingerprint", \.tlsFingerprint, .tls,
    "Fail unless there is TLS and the certificate has this SHA-256. May be repeated; with auto: require."
  ).with { $0.placeholder = "sha256" }

  package static let tlsResume = flag(
    "tls-resume", \.tlsResume, .tls,
    "Resume a TLS session: one before, up to EHLO, brings it.")

  package static let mtaSTS = flag(
    "mta-sts", \.mtaSTS, .tls,
    "Fetch the MTA-STS policy of the domain and keep to it: which exchangers, and with which TLS."
  ).with { $0.actsFrom = .starttls }

  package static let mtaSTSPort = value(
    "mta-sts-port", \.mtaSTSPort, in: 1...65_535, .tls,
    "Port of the policy host, for one that is being tried out. Default: 443."
  ).with {
    $0.placeholder = "n"
    $0.mayComeFromAReport = false
  }

  package static let dane = flag(
    "dane", \.dane, .tls,
    "Look TLSA records up, validated by DNSSEC, and keep to them: TLS, and the certificate that they name."
  ).with { $0.actsFrom = .resolve }

  package static let trustAnchor = value(
    "trust-anchor", \.trustAnchor, .tls,
    "DS or DNSKEY records to believe in the place of the root's keys: a zone file of them."
  ).with {
    $0.placeholder = "file"
    $0.mayComeFromAReport = false
  }

  package static let clienthelloSize = value(
    "clienthello-size", \.clienthelloSize, in: 1...(1 << 24), .tls,
    "Make the ClientHello exactly so many bytes, record headers of 5 included, by padding."
  ).with {
    $0.placeholder = "n"
    $0.actsFrom = .tls
  }

  package static let tlsRecordSize = value(
    "tls-record-size", \.tlsRecordSize, in: 1...16_384, .tls,
    "Put at most so many bytes of text into each TLS record, 1 to 16384."
  ).with {
    $0.placeholder = "n"
    $0.actsFrom = .tls
  }
}
