/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/undo.h"

/* A short queue, oldest first; what is too old falls out when anything is added or taken. */

typedef struct {
  unsigned number;
  const char *action;
  GVariant *parameter;
  int64_t added_ms;
} Entry;

struct _VolantUndo {
  GQueue entries;
  unsigned last_number;
};

static void
free_entry (void *data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->parameter, g_variant_unref);
  g_free (entry);
}

static void
drop_old (VolantUndo *undo, int64_t now_ms)
{
  Entry *oldest;

  while ((oldest = g_queue_peek_head (&undo->entries)) != NULL &&
         now_ms - oldest->added_ms > VOLANT_UNDO_VALID_MS)
    free_entry (g_queue_pop_head (&undo->entries));
}

static Entry *
find_entry (VolantUndo *undo, const char *token)
{
  uint64_t number;

  if (*token == '\0')
    return g_queue_peek_tail (&undo->entries);
  if (!g_ascii_string_to_unsigned (token, 10, 1, G_MAXUINT, &number, NULL))
    return NULL;
  for (GList *link = undo->entries.head; link != NULL; link = link->next)
    if (((Entry *) link->data)->number == number)
      return link->data;
  return NULL;
}

VolantUndo *
volant_undo_new (void)
{
  VolantUndo *undo = g_new0 (VolantUndo, 1);

  g_queue_init (&undo->entries);
  return undo;
}

void
volant_undo_free (VolantUndo *undo)
{
  if (undo == NULL)
    return;
  g_queue_clear_full (&undo->entries, free_entry);
  g_free (undo);
}

char *
volant_undo_add (VolantUndo *undo, const char *action, GVariant *parameter, int64_t now_ms)
{
  Entry *entry = g_new0 (Entry, 1);

  drop_old (undo, now_ms);
  entry->number = ++undo->last_number;
  entry->action = action;
  entry->parameter = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  entry->added_ms = now_ms;
  g_queue_push_tail (&undo->entries, entry);
  return g_strdup_printf ("%u", entry->number);
}

const char *
volant_undo_take (VolantUndo *undo, const char *token, int64_t now_ms, GVariant **parameter)
{
  Entry *entry;
  const char *action;

  drop_old (undo, now_ms);
  entry = find_entry (undo, token);
  if (entry == NULL)
    return NULL;
  g_queue_remove (&undo->entries, entry);
  action = entry->action;
  *parameter = g_steal_pointer (&entry->parameter);
  free_entry (entry);
  return action;
}
