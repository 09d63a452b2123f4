extension CauseID {
  package static let overlayChecksum = CauseID(rawValue: "overlay-checksum")
}

extension Cause {
  static let overlayChecksum = Cause(
    id: .overlayChecksum, code: "P22",
    title: "Connecting takes 1, 3, 7 ... 63 s: checksums of an overlay are wrong",
    mechanism: """
      Checksum offload on a VXLAN device together with translated ports makes wrong checksums. \
      SYNs are lost until one leaves with another port.
      """,
    symptoms: """
      A power of two less one in seconds until the connection stands, and all is well from \
      then on.
      """,
    experiment: """
      Connect often and look at the times. The pattern says that SYNs were lost, and not why.
      """,
    remedies: Remedies(
      kernel: [
        .setting(
          "ethtool -K <interface> tx-checksum-ip-generic off",
          "On the nodes of the overlay; or a newer kernel.")
      ]),
    sources: [
      "flannel issues 1279 and 2152; projectcalico issue 3145"
    ],
    twins: [.synFiltered])
}
