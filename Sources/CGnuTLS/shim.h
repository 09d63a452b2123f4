/*
 * GnuTLS, and what of it the Swift importer cannot see.
 *
 * GNUTLS_CLIENT and its fellows are both an enum constant and a macro, which makes them ambiguous in
 * Swift; function-like macros and gnutls_free (a global variable that holds a function) are invisible or
 * unsafe there. Each gets one plain name here.
 */
#ifndef CGNUTLS_SHIM_H
#define CGNUTLS_SHIM_H

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/* gnutls_init: a client. A certificate of ours is sent even when the server names other issuers: the
 * user asked for it, and whether the server takes it is what the probe is to find out. */
static const unsigned int cgnutls_client_flags =
    GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL | GNUTLS_FORCE_CLIENT_CERT;

/* gnutls_init: a client that can be asked for its certificate after the handshake (RFC 8446 section 4.6.2);
 * its ClientHello says so. */
static const unsigned int cgnutls_late_certificate = GNUTLS_POST_HANDSHAKE_AUTH;

/* gnutls_init: a server. */
static const unsigned int cgnutls_server_flags =
    GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL;

/* gnutls_init: what makes a ClientHello smaller: no ticket extension, and a key for one group only. */
static const unsigned int cgnutls_no_tickets = GNUTLS_NO_TICKETS;
static const unsigned int cgnutls_one_key_share = GNUTLS_KEY_SHARE_TOP;

/* gnutls_session_ext_register: an extension of the ClientHello alone, ours in place of GnuTLS's. */
static const unsigned int cgnutls_client_hello_extension =
    GNUTLS_EXT_FLAG_OVERRIDE_INTERNAL | GNUTLS_EXT_FLAG_CLIENT_HELLO | GNUTLS_EXT_FLAG_TLS;

/* gnutls_x509_privkey_generate: the "bits" that stand for the curve P-256. */
static const unsigned int cgnutls_p256_bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);

/* Frees what GnuTLS allocated for its caller. */
static inline void cgnutls_free(void *pointer) { (gnutls_free)(pointer); }

#endif
