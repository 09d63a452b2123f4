/// `example.com` for `example.com.`.
package func withoutRootDot(_ name: String) -> String {
  name.hasSuffix(".") ? String(name.dropLast()) : name
}
