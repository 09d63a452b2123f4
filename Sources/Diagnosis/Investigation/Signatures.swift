/// The signatures of the catalogue's entries, one file a family.
///
/// An entry without one is a matter of other instruments: it is explained, and never claimed.
enum Signatures {
  /// Bytes of a message that no limit of a size minds.
  static let smallMessage = 256

  /// In the order in which equals are reported: what many sessions show first.
  static let all =
    segmentation + envelope + path + content + security + greeting + closing + routing + custody
}
