/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/feeds/document-reader.h"

#include "app/error.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

/* One read at a time and address. A body is taken in pieces so that a huge one is left at the bound
 * rather than held; what was read whole is kept with its validators. */

#define PIECE_BYTES 65536

typedef struct {
  GBytes *bytes;
  char *etag;
  char *last_modified;
} Kept;

struct _VolantDocumentReader {
  gatomicrefcount references;
  SoupSession *session;
  size_t max_bytes;
  GHashTable *kept; /* address → Kept */
};

typedef struct {
  VolantDocumentReader *reader;
  char *address;
  SoupMessage *message; /* NULL for a file */
  GInputStream *stream;
  GByteArray *body;
} Read;

static void
kept_free (Kept *kept)
{
  g_bytes_unref (kept->bytes);
  g_free (kept->etag);
  g_free (kept->last_modified);
  g_free (kept);
}

static void
read_free (Read *read)
{
  volant_document_reader_unref (read->reader);
  g_free (read->address);
  g_clear_object (&read->message);
  g_clear_object (&read->stream);
  g_byte_array_unref (read->body);
  g_free (read);
}

VolantDocumentReader *
volant_document_reader_new (size_t max_bytes, unsigned idle_s)
{
  VolantDocumentReader *reader = g_new0 (VolantDocumentReader, 1);

  g_atomic_ref_count_init (&reader->references);
  reader->session =
      soup_session_new_with_options ("timeout", idle_s, "user-agent", "Volant ", NULL);
  reader->max_bytes = max_bytes;
  reader->kept =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kept_free);
  return reader;
}

VolantDocumentReader *
volant_document_reader_ref (VolantDocumentReader *reader)
{
  g_atomic_ref_count_inc (&reader->references);
  return reader;
}

void
volant_document_reader_unref (VolantDocumentReader *reader)
{
  if (!g_atomic_ref_count_dec (&reader->references))
    return;
  g_object_unref (reader->session);
  g_hash_table_unref (reader->kept);
  g_free (reader);
}

bool
volant_document_is_url (const char *address)
{
  return g_ascii_strncasecmp (address, "http://", 7) == 0 ||
         g_ascii_strncasecmp (address, "https://", 8) == 0;
}

GBytes *
volant_document_reader_get_last (VolantDocumentReader *reader, const char *address)
{
  Kept *kept = g_hash_table_lookup (reader->kept, address);

  return kept != NULL ? kept->bytes : NULL;
}

/* An error of the network in words of ours; a cancelled read stays what it is. */
static void
return_failure (GTask *task, GError *error)
{
  Read *read = g_task_get_task_data (task);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && error->domain != VOLANT_ERROR)
    {
      GError *told = g_error_new (VOLANT_ERROR,
                                  g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                                      ? VOLANT_ERROR_NOT_FOUND
                                      : VOLANT_ERROR_UNAVAILABLE,
                                  "cannot read %s: %s", read->address, error->message);

      g_error_free (error);
      error = told;
    }
  g_task_return_error (task, error);
}

static void
return_too_large (GTask *task)
{
  Read *read = g_task_get_task_data (task);

  g_task_return_new_error (task, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                           "cannot read %s: it is larger than %zu bytes", read->address,
                           read->reader->max_bytes);
}

static void
return_body (GTask *task)
{
  Read *read = g_task_get_task_data (task);
  Kept *kept = g_new0 (Kept, 1);

  kept->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&read->body));
  read->body = g_byte_array_new ();
  if (read->message != NULL)
    {
      SoupMessageHeaders *headers = soup_message_get_response_headers (read->message);

      kept->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
      kept->last_modified = g_strdup (soup_message_headers_get_one (headers, "Last-Modified"));
    }
  g_hash_table_insert (read->reader->kept, g_strdup (read->address), kept);
  g_task_return_pointer (task, g_bytes_ref (kept->bytes), (GDestroyNotify) g_bytes_unref);
}

static void
on_piece (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  Read *read = g_task_get_task_data (task);

  if (piece == NULL)
    return_failure (task, g_steal_pointer (&error));
  else if (g_bytes_get_size (piece) == 0)
    return_body (task);
  else if (g_bytes_get_size (piece) > read->reader->max_bytes - read->body->len)
    return_too_large (task);
  else
    {
      g_byte_array_append (read->body, g_bytes_get_data (piece, NULL),
                           (guint) g_bytes_get_size (piece));
      g_input_stream_read_bytes_async (read->stream, PIECE_BYTES, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), on_piece,
                                       g_object_ref (task));
    }
}

static void
read_stream (GTask *task)
{
  Read *read = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (read->stream, PIECE_BYTES, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_piece, g_object_ref (task));
}

static void
on_answer (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Read *read = g_task_get_task_data (task);
  GBytes *last = volant_document_reader_get_last (read->reader, read->address);
  unsigned status;

  read->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (read->stream == NULL)
    {
      return_failure (task, error);
      return;
    }
  status = soup_message_get_status (read->message);
  if (status == SOUP_STATUS_NOT_MODIFIED && last != NULL)
    g_task_return_pointer (task, g_bytes_ref (last), (GDestroyNotify) g_bytes_unref);
  else if (SOUP_STATUS_IS_SUCCESSFUL (status))
    read_stream (task);
  else
    g_task_return_new_error (task, VOLANT_ERROR,
                             status == SOUP_STATUS_NOT_FOUND ? VOLANT_ERROR_NOT_FOUND
                                                             : VOLANT_ERROR_UNAVAILABLE,
                             "%s answers %u %s", read->address, status,
                             soup_message_get_reason_phrase (read->message) != NULL
                                 ? soup_message_get_reason_phrase (read->message)
                                 : soup_status_get_phrase (status));
}

static void
read_url (GTask *task)
{
  Read *read = g_task_get_task_data (task);
  Kept *kept = g_hash_table_lookup (read->reader->kept, read->address);
  g_autoptr (GUri) uri = g_uri_parse (read->address, SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessageHeaders *headers;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    {
      g_task_return_new_error (task, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND, "“%s” is not an address",
                               read->address);
      return;
    }
  read->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  headers = soup_message_get_request_headers (read->message);
  if (kept != NULL && kept->etag != NULL)
    soup_message_headers_append (headers, "If-None-Match", kept->etag);
  else if (kept != NULL && kept->last_modified != NULL)
    soup_message_headers_append (headers, "If-Modified-Since", kept->last_modified);
  soup_session_send_async (read->reader->session, read->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), on_answer, g_object_ref (task));
}

static void
on_file (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Read *read = g_task_get_task_data (task);

  read->stream = G_INPUT_STREAM (g_file_read_finish (G_FILE (source), result, &error));
  if (read->stream == NULL)
    return_failure (task, error);
  else
    read_stream (task);
}

static void
read_file (GTask *task)
{
  Read *read = g_task_get_task_data (task);
  g_autoptr (GFile) file = g_file_new_for_path (read->address);
  GStatBuf status;

  /* Opening a pipe would wait for a writer for ever. */
  if (g_stat (read->address, &status) == 0 && !S_ISREG (status.st_mode))
    g_task_return_new_error (task, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND, "%s is not a file",
                             read->address);
  else
    g_file_read_async (file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_file,
                       g_object_ref (task));
}

void
volant_document_reader_read_async (VolantDocumentReader *reader, const char *address,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   void *data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Read *read = g_new0 (Read, 1);

  read->reader = volant_document_reader_ref (reader);
  read->address = g_strdup (address);
  read->body = g_byte_array_new ();
  g_task_set_task_data (task, read, (GDestroyNotify) read_free);
  g_task_set_source_tag (task, volant_document_reader_read_async);
  if (volant_document_is_url (address))
    read_url (task);
  else
    read_file (task);
}

GBytes *
volant_document_reader_read_finish (VolantDocumentReader *reader, GAsyncResult *result,
                                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
