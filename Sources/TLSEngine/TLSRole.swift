/// Which end of the session this is.
enum TLSRole {
  case client(ClientConfiguration)
  case server(ServerConfiguration)
}
