extension CauseID {
  package static let pqHelloDefault = CauseID(rawValue: "pq-hello-default")
}

extension Cause {
  static let pqHelloDefault = Cause(
    id: .pqHelloDefault, code: "H11",
    alsoCalled: ["post-quantum", "Kyber", "ML-KEM"],
    title: "Current libraries make a ClientHello of two segments by default",
    mechanism: """
      OpenSSL 3.5, Go 1.24 and rustls send the key share X25519MLKEM768 unasked: the hello has \
      1.6 to 1.8 kB.
      """,
    symptoms: """
      As clienthello-multisegment, from the day on that the sender was updated.
      """,
    experiment: """
      --clienthello-size 1780, and a small one.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "tls_eecdh_auto_curves = X25519, prime256v1",
          "Postfix 3.11 sends the large share only when asked for it.")
      ]),
    sources: [
      "OpenSSL 3.5 release notes; Go 1.24 release notes, crypto/tls",
      "Postfix RELEASE_NOTES 3.11",
    ],
    twins: [.clienthelloMultisegment])
}
