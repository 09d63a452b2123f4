/*
 * GnuTLS, which is loaded when its first function is asked for, and what of it the Swift importer cannot see.
 *
 * Most sessions of some kinds are in clear, and reports, manuals and fixtures have no TLS at all: loading the
 * library with the seven under it takes longer than a small session. The types are of its own headers.
 *
 * GNUTLS_CLIENT and its fellows are both an enum constant and a macro, which makes them ambiguous in
 * Swift; function-like macros and gnutls_free (a global variable that holds a function) are invisible or
 * unsafe there. Each gets one plain name here.
 */
#ifndef CGNUTLS_H
#define CGNUTLS_H

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

/* The functions of the library that we use, without the `gnutls_` of their names. */
#define CGNUTLS_EACH(_)                                                                            \
  _(alert_get)                                                                                     \
  _(alert_get_strname)                                                                             \
  _(alert_send)                                                                                    \
  _(alert_send_appropriate)                                                                        \
  _(alpn_get_selected_protocol)                                                                    \
  _(alpn_set_protocols)                                                                            \
  _(buffer_append_data)                                                                            \
  _(bye)                                                                                           \
  _(certificate_allocate_credentials)                                                              \
  _(certificate_client_get_request_status)                                                         \
  _(certificate_free_credentials)                                                                  \
  _(certificate_get_ours)                                                                          \
  _(certificate_get_peers)                                                                         \
  _(certificate_server_set_request)                                                                \
  _(certificate_set_x509_key_file)                                                                 \
  _(certificate_set_x509_key_mem)                                                                  \
  _(certificate_verification_status_print)                                                         \
  _(check_version)                                                                                 \
  _(cipher_get)                                                                                    \
  _(cipher_get_block_size)                                                                         \
  _(cipher_get_iv_size)                                                                            \
  _(cipher_get_name)                                                                               \
  _(cipher_get_tag_size)                                                                           \
  _(credentials_set)                                                                               \
  _(deinit)                                                                                        \
  _(error_is_fatal)                                                                                \
  _(group_get)                                                                                     \
  _(group_get_name)                                                                                \
  _(handshake)                                                                                     \
  _(handshake_get_last_in)                                                                         \
  _(handshake_set_max_packet_length)                                                               \
  _(handshake_set_timeout)                                                                         \
  _(hash_fast)                                                                                     \
  _(init)                                                                                          \
  _(load_file)                                                                                     \
  _(mac_get)                                                                                       \
  _(mac_get_key_size)                                                                              \
  _(pk_get_name)                                                                                   \
  _(priority_set_direct)                                                                           \
  _(protocol_get_name)                                                                             \
  _(protocol_get_version)                                                                          \
  _(pubkey_deinit)                                                                                 \
  _(pubkey_export2)                                                                                \
  _(pubkey_import)                                                                                 \
  _(pubkey_import_x509)                                                                            \
  _(pubkey_init)                                                                                   \
  _(pubkey_verify_data2)                                                                            \
  _(reauth)                                                                                        \
  _(record_get_max_size)                                                                           \
  _(record_recv)                                                                                   \
  _(record_send)                                                                                   \
  _(record_send2)                                                                                  \
  _(rehandshake)                                                                                   \
  _(server_name_get)                                                                               \
  _(server_name_set)                                                                               \
  _(session_channel_binding)                                                                       \
  _(session_etm_status)                                                                            \
  _(session_ext_register)                                                                          \
  _(session_get_data2)                                                                             \
  _(session_get_desc)                                                                              \
  _(session_get_flags)                                                                             \
  _(session_get_ptr)                                                                               \
  _(session_is_resumed)                                                                            \
  _(session_key_update)                                                                            \
  _(session_set_data)                                                                              \
  _(session_set_ptr)                                                                               \
  _(session_set_verify_function)                                                                   \
  _(session_ticket_enable_server)                                                                  \
  _(session_ticket_key_generate)                                                                   \
  _(session_ticket_send)                                                                           \
  _(set_default_priority)                                                                          \
  _(strerror)                                                                                      \
  _(strerror_name)                                                                                 \
  _(transport_set_errno)                                                                           \
  _(transport_set_ptr)                                                                             \
  _(transport_set_pull_function)                                                                   \
  _(transport_set_pull_timeout_function)                                                           \
  _(transport_set_push_function)                                                                   \
  _(x509_crt_deinit)                                                                               \
  _(x509_crt_export2)                                                                              \
  _(x509_crt_get_activation_time)                                                                  \
  _(x509_crt_get_dn2)                                                                              \
  _(x509_crt_get_expiration_time)                                                                  \
  _(x509_crt_get_fingerprint)                                                                      \
  _(x509_crt_get_issuer_dn2)                                                                       \
  _(x509_crt_get_pk_algorithm)                                                                     \
  _(x509_crt_get_signature)                                                                         \
  _(x509_crt_get_signature_algorithm)                                                               \
  _(x509_crt_get_subject_alt_name)                                                                 \
  _(x509_crt_import)                                                                               \
  _(x509_crt_init)                                                                                 \
  _(x509_crt_set_activation_time)                                                                  \
  _(x509_crt_set_basic_constraints)                                                                \
  _(x509_crt_set_dn_by_oid)                                                                        \
  _(x509_crt_set_expiration_time)                                                                  \
  _(x509_crt_set_key)                                                                              \
  _(x509_crt_set_key_usage)                                                                        \
  _(x509_crt_set_serial)                                                                           \
  _(x509_crt_set_subject_alt_name)                                                                 \
  _(x509_crt_set_version)                                                                          \
  _(x509_crt_sign2)                                                                                \
  _(x509_privkey_deinit)                                                                           \
  _(x509_privkey_export2_pkcs8)                                                                    \
  _(x509_privkey_generate)                                                                         \
  _(x509_privkey_init)                                                                             \
  _(x509_trust_list_add_system_trust)                                                              \
  _(x509_trust_list_add_trust_file)                                                                \
  _(x509_trust_list_add_trust_mem)                                                                 \
  _(x509_trust_list_deinit)                                                                        \
  _(x509_trust_list_init)                                                                          \
  _(x509_trust_list_verify_crt2)

#define CGNUTLS_POINTER(name) __typeof__(&gnutls_##name) name;
typedef struct {
  CGNUTLS_EACH(CGNUTLS_POINTER)
} cgnutls_functions;
#undef CGNUTLS_POINTER

/* Loads the library when it is first called. All of them are NULL where it cannot be loaded. */
const cgnutls_functions *cgnutls(void);

/* Why it cannot be loaded, in the words of dlopen(3); NULL where it is. */
const char *cgnutls_problem(void);

/* Whether the library was asked for and is there; loads nothing. */
int cgnutls_is_loaded(void);

/* Frees what GnuTLS allocated for its caller. */
void cgnutls_free(void *pointer);

#endif
