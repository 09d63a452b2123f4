/// The signatures of the catalogue's entries, one file a family.
///
/// An entry without one is a matter of other instruments: it is explained, and never claimed.
enum Signatures {
  /// In the order in which equals are reported: what many sessions show first.
  static let all =
    segmentation + envelope + path + content + security + greeting + closing + routing + custody
}
