/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/stations/json-guard.h"

#include "maps/error.h"

#include <math.h>
#include <string.h>

/* json-glib 1.6 recurses once a level and dies on a document nested 100,000 deep. The guard counts
 * brackets first. It must see strings as json-glib does, so all that json-glib accepts beyond JSON
 * (comments, single quotes, assignments) is refused outside strings. */

#define MAX_COUNT 1000000

typedef enum {
  GUARD_OK,
  GUARD_TOO_DEEP,
  GUARD_NOT_JSON,
} GuardAnswer;

static GuardAnswer
check_nesting (const char *data, size_t size)
{
  unsigned depth = 0;
  bool in_string = false;

  for (size_t i = 0; i < size; i++)
    {
      unsigned char byte = (unsigned char) data[i];

      if (in_string)
        {
          if (byte == '\\')
            i++;
          else if (byte == '"')
            in_string = false;
        }
      else if (byte == '"')
        in_string = true;
      else if (byte == '[' || byte == '{')
        {
          if (++depth > VOLANT_JSON_MAX_DEPTH)
            return GUARD_TOO_DEEP;
        }
      else if (byte == ']' || byte == '}')
        {
          if (depth-- == 0)
            return GUARD_NOT_JSON;
        }
      else if (!g_ascii_isalnum (byte) && strchr (" \t\r\n:,+-.", byte) == NULL)
        return GUARD_NOT_JSON;
      else if (byte == '\0')
        return GUARD_NOT_JSON;
    }
  return in_string || depth > 0 ? GUARD_NOT_JSON : GUARD_OK;
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
  answer = size > 0 ? check_nesting (data, size) : GUARD_NOT_JSON;
  if (answer == GUARD_TOO_DEEP)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "%s is nested deeper than %d levels", what, VOLANT_JSON_MAX_DEPTH);
      return NULL;
    }
  if (answer == GUARD_NOT_JSON || !json_parser_load_from_data (parser, data, (gssize) size,
                                                               &parse_error))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                   "%s is not JSON, or is cut off%s%s", what, parse_error != NULL ? ": " : "",
                   parse_error != NULL ? parse_error->message : "");
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
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

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

bool
volant_json_get_number (JsonObject *object, const char *member, double *value)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return false;
  if (json_node_get_value_type (node) != G_TYPE_INT64
      && json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return false;
  *value = json_node_get_double (node);
  return isfinite (*value);
}

bool
volant_json_get_bool (JsonObject *object, const char *member, bool *value)
{
  JsonNode *node = json_object_get_member (object, member);
  double number;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
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

  if (!volant_json_get_number (object, member, &number) || number < 0.0 || number > MAX_COUNT
      || number != floor (number))
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
