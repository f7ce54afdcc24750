/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/phrase.h"

/* The command catalogue: which phrases mean which action, in a file that an operator can read and
 * extend. Pure. The format (README, "Voice commands"):
 *
 *   # a comment
 *   language en
 *   before = please | could you        small talk that may stand before each command …
 *   after = please | thank you         … and after it
 *   <go> = take me | drive me          a list, used as <go>
 *        | guide me                    a line that begins with | goes on
 *   slot <size> = small | big {large}  a list whose words are the value of a slot; {…}: another value
 *   nav.go-to                          an action; its phrases follow, indented
 *     <go> to [the] <station>
 *   screen.show screen=map             … with a slot that is always so
 *     show [me] the map
 *
 * <station> <street> <place> are filled with names, <number> is 0 to 999 in the language's words.
 * Actions that begin with "dialogue." get no small talk. */

G_BEGIN_DECLS

typedef struct _VolantCatalogue VolantCatalogue;

/* One phrase of one action. */
typedef struct {
  char *action;
  GHashTable *constants; /* slot → value of the action line */
  char *text;            /* as written */
  VolantPhrase *phrase;
  unsigned line;
} VolantCatalogueEntry;

/* Errors are VOLANT_SPEECH_ERROR_INVALID: "FILE:LINE: words". */
VolantCatalogue *volant_catalogue_new_from_file (const char *path, GError **error);
VolantCatalogue *volant_catalogue_new_from_text (const char *text, size_t length, const char *name,
                                                 GError **error);
VolantCatalogue *volant_catalogue_ref (VolantCatalogue *catalogue);
void volant_catalogue_unref (VolantCatalogue *catalogue);

/* "en", "fr", "zh" … as the file says. */
const char *volant_catalogue_get_language (const VolantCatalogue *catalogue);
const char *volant_catalogue_get_name (const VolantCatalogue *catalogue);

/* The actions in the order of the file, each once (transfer container). */
GStrv volant_catalogue_list_actions (const VolantCatalogue *catalogue);
/* The phrases of an action as written (transfer full). */
GStrv volant_catalogue_list_phrases (const VolantCatalogue *catalogue, const char *action);
/* Plain sentences for help and hints, slots as "<station>", at most limit (transfer full). */
GStrv volant_catalogue_list_examples (const VolantCatalogue *catalogue, const char *action,
                                      unsigned limit);

/* VolantCatalogueEntry in the order of the file (transfer none). */
GPtrArray *volant_catalogue_get_entries (const VolantCatalogue *catalogue);
/* Small talk; NULL where the file has none. */
const VolantPhrase *volant_catalogue_get_before (const VolantCatalogue *catalogue);
const VolantPhrase *volant_catalogue_get_after (const VolantCatalogue *catalogue);

/* The whole as a JSGF grammar (W3C, JSpeech Grammar Format 1.0) for other recognisers; slots of
 * names are references that the reader defines (transfer full). */
char *volant_catalogue_to_jsgf (const VolantCatalogue *catalogue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantCatalogue, volant_catalogue_unref)

G_END_DECLS
