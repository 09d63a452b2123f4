/* errno in words that mean the same on every machine and in every locale. */
#ifndef CLINUXSOCKET_ERROR_NAMES_H
#define CLINUXSOCKET_ERROR_NAMES_H

/* Symbolic name, "ECONNRESET"; "errno" when the C library knows none. strerrorname_np(3). */
const char *_Nonnull wire_error_name(int code);

/* Untranslated sentence, "Connection reset by peer". strerrordesc_np(3). */
const char *_Nonnull wire_error_text(int code);

#endif
