/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/json-guard.h"

#include "maps/error.h"

#include <math.h>
#include <string.h>

/* json-glib 1.6 recurses once a level and dies on a document nested 100,000 deep; it takes comments
 * and assignments for JSON; and of a malformed document it leaks what it had read. So the whole
 * grammar of RFC 8259 is checked first, with a stack of bounded depth, and json-glib sees only what
 * is right. */

#define MAX_COUNT 1000000

typedef enum {
  GUARD_OK,
  GUARD_TOO_DEEP,
  GUARD_NOT_JSON,
} GuardAnswer;

typedef struct {
  const char *at;
  const char *end;
} Scan;

static bool
take (Scan *scan, char wanted)
{
  if (scan->at == scan->end || *scan->at != wanted)
    return false;
  scan->at++;
  return true;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && *scan->at != '\0' && strchr (" \t\r\n", *scan->at) != NULL)
    scan->at++;
}

/* Four hexadecimal digits behind "\u"; -1 where they are not there. */
static int
scan_hex (Scan *scan)
{
  int value = 0;

  for (unsigned i = 0; i < 4; i++)
    {
      if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (*scan->at++);
    }
  return value;
}

/* Behind a backslash. Half of a surrogate pair is no character, and zero would end the text. */
static bool
scan_escape (Scan *scan)
{
  int code;

  if (scan->at == scan->end)
    return false;
  if (*scan->at != 'u')
    return *scan->at != '\0' && strchr ("\"\\/bfnrt", *scan->at++) != NULL;
  scan->at++;
  code = scan_hex (scan);
  if (code >= 0xd800 && code <= 0xdbff)
    {
      int low = take (scan, '\\') && take (scan, 'u') ? scan_hex (scan) : -1;

      return low >= 0xdc00 && low <= 0xdfff;
    }
  return code > 0 && !(code >= 0xdc00 && code <= 0xdfff);
}

static bool
scan_string (Scan *scan)
{
  if (!take (scan, '"'))
    return false;
  while (scan->at < scan->end)
    {
      unsigned char byte = (unsigned char) *scan->at++;

      if (byte == '"')
        return true;
      if (byte < 0x20 || (byte == '\\' && !scan_escape (scan)))
        return false;
    }
  return false;
}

static bool
scan_digits (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at > start;
}

static bool
scan_number (Scan *scan)
{
  take (scan, '-');
  if (!take (scan, '0') && !scan_digits (scan))
    return false;
  if (take (scan, '.') && !scan_digits (scan))
    return false;
  if (!take (scan, 'e') && !take (scan, 'E'))
    return true;
  if (!take (scan, '+'))
    take (scan, '-');
  return scan_digits (scan);
}

/* A value that is neither object nor array. */
static bool
scan_scalar (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };

  if (scan->at < scan->end && *scan->at == '"')
    return scan_string (scan);
  for (unsigned i = 0; i < G_N_ELEMENTS (words); i++)
    {
      size_t length = strlen (words[i]);

      if ((size_t) (scan->end - scan->at) >= length && memcmp (scan->at, words[i], length) == 0)
        {
          scan->at += length;
          return true;
        }
    }
  return scan_number (scan);
}

static bool
scan_name (Scan *scan)
{
  skip_space (scan);
  if (!scan_string (scan))
    return false;
  skip_space (scan);
  return take (scan, ':');
}

/* Closes what can be closed behind a value, and takes the comma and name before the next. False
 * where neither is there; *depth is 0 at the end of the document. */
static bool
scan_after_value (Scan *scan, const char *closers, unsigned *depth)
{
  while (*depth > 0)
    {
      skip_space (scan);
      if (take (scan, ','))
        return closers[*depth - 1] == ']' || scan_name (scan);
      if (!take (scan, closers[*depth - 1]))
        return false;
      --*depth;
    }
  return true;
}

static GuardAnswer
check_grammar (const char *data, size_t size)
{
  Scan scan = { data, data + size };
  char closers[VOLANT_JSON_MAX_DEPTH];
  unsigned depth = 0;

  do
    {
      bool is_object;

      skip_space (&scan);
      is_object = take (&scan, '{');
      if (!is_object && !take (&scan, '['))
        {
          if (!scan_scalar (&scan) || !scan_after_value (&scan, closers, &depth))
            return GUARD_NOT_JSON;
          continue;
        }
      if (depth == VOLANT_JSON_MAX_DEPTH)
        return GUARD_TOO_DEEP;
      closers[depth++] = is_object ? '}' : ']';
      skip_space (&scan);
      if (scan.at < scan.end && *scan.at == closers[depth - 1])
        {
          if (!scan_after_value (&scan, closers, &depth))
            return GUARD_NOT_JSON;
        }
      else if (is_object && !scan_name (&scan))
        return GUARD_NOT_JSON;
  } while (depth > 0);
  skip_space (&scan);
  return scan.at == scan.end ? GUARD_OK : GUARD_NOT_JSON;
}

JsonNode *
volant_json_load (GBytes *bytes, const char *what, GError **error)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parse_error = NULL;
  GuardAnswer answer;

  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  if (size > VOLANT_JSON_MAX_BYTES)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "%s has %zu bytes; a feed of one system has %u at most", what, size,
                   VOLANT_JSON_MAX_BYTES);
      return NULL;
    }
  answer = size > 0 && g_utf8_validate_len (data, size, NULL) ? check_grammar (data, size)
                                                              : GUARD_NOT_JSON;
  if (answer == GUARD_TOO_DEEP)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "%s is nested deeper than %d levels", what, VOLANT_JSON_MAX_DEPTH);
      return NULL;
    }
  if (answer == GUARD_NOT_JSON ||
      !json_parser_load_from_data (parser, data, (gssize) size, &parse_error))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                   "%s is not JSON, or is cut off%s%s", what, parse_error != NULL ? ": " : "",
                   parse_error != NULL ? parse_error->message : "");
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT, "%s is not a JSON object",
                   what);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

JsonObject *
volant_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
volant_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
volant_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

bool
volant_json_get_number (JsonObject *object, const char *member, double *value)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return false;
  if (json_node_get_value_type (node) != G_TYPE_INT64 &&
      json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return false;
  *value = json_node_get_double (node);
  return isfinite (*value);
}

bool
volant_json_get_bool (JsonObject *object, const char *member, bool *value)
{
  JsonNode *node = json_object_get_member (object, member);
  double number;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      *value = json_node_get_boolean (node);
      return true;
    }
  if (!volant_json_get_number (object, member, &number) || (number != 0.0 && number != 1.0))
    return false;
  *value = number == 1.0;
  return true;
}

bool
volant_json_get_count (JsonObject *object, const char *member, int32_t *value)
{
  double number;

  if (!volant_json_get_number (object, member, &number) || number < 0.0 || number > MAX_COUNT ||
      number != floor (number))
    return false;
  *value = (int32_t) number;
  return true;
}

JsonObject *
volant_json_element (JsonArray *array, unsigned i)
{
  JsonNode *node = json_array_get_element (array, i);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
