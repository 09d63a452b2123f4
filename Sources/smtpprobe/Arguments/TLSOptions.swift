import ArgumentParser
import SMTPDialogue

/// Whether and how the session is encrypted.
struct TLSOptions: ParsableArguments {
  @Option(
    help: "off, auto (when offered, as an MTA does; implicit on port 465), require, implicit.")
  var tls = TLSMode.auto

  @Flag(
    help:
      "Fail unless there is TLS and the certificate is trusted and names the host; with auto: require."
  )
  var tlsVerify = false

  @Option(help: "GnuTLS priority string.")
  var tlsPriority: String?

  @Option(help: "Name for SNI and for checking the certificate. Default: the host.")
  var tlsSni: String?

  @Option(
    name: .customLong("tls-ca-path"),
    help: "More trusted certificates: a PEM file, or a directory of hashed ones.")
  var tlsCAPath: String?

  @Option(
    help: ArgumentHelp(
      "Make the ClientHello exactly so many bytes, record headers of 5 included, by padding.",
      valueName: "n"))
  var clienthelloSize: Int?

  @Option(
    help: ArgumentHelp(
      "Put at most so many bytes of text into each TLS record, 1 to 16384.", valueName: "n"))
  var tlsRecordSize: Int?

  /// The mode in force: what is to be verified has to be there.
  var mode: TLSMode { tlsVerify && tls == .auto ? .require : tls }

  func validate() throws {
    if tlsVerify, tls == .off {
      throw ValidationError("--tls-verify needs TLS: leave --tls off out.")
    }
    if let tlsRecordSize {
      guard (1...16_384).contains(tlsRecordSize) else {
        throw ValidationError("--tls-record-size \(tlsRecordSize): give 1 to 16384 bytes.")
      }
      if tls == .off { throw ValidationError("--tls-record-size needs TLS: leave --tls off out.") }
    }
    if let clienthelloSize {
      guard clienthelloSize >= 1 else {
        throw ValidationError("--clienthello-size \(clienthelloSize): give at least 1.")
      }
      if tls == .off {
        throw ValidationError("--clienthello-size needs TLS: leave --tls off out.")
      }
    }
  }
}

extension TLSMode: ExpressibleByArgument {}
