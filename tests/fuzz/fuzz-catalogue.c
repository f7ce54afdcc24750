/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "speech/grammar.h"

#include <string.h>

/* Command catalogues as operators write them: read, unfolded, compiled and read back. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (VolantCatalogue) catalogue =
      volant_catalogue_new_from_text ((const char *) data, size, "fuzz", NULL);
  g_autoptr (VolantGrammar) grammar = NULL;
  GPtrArray *entries;

  if (catalogue == NULL)
    return 0;
  grammar = volant_grammar_new (catalogue, NULL, NULL, NULL);
  entries = volant_catalogue_get_entries (catalogue);
  for (unsigned i = 0; i < MIN (entries->len, 20); i++)
    {
      const VolantCatalogueEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *example = volant_phrase_example (entry->phrase);
      g_autofree char *folded = volant_phrase_fold (example);
      const char *action;
      GVariant *parameters;

      if (grammar != NULL && volant_grammar_match (grammar, folded, &action, &parameters))
        g_variant_unref (g_variant_ref_sink (parameters));
    }
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const char *const seeds[] = {
    "language en\nbefore = please | could you\nafter = thanks\n<go> = take me | drive\n  | bring me\n"
    "slot <size> = small | (big | huge) {large}\nnav.go-to\n  <go> to [the] <station>\n"
    "media.set-volume\n  volume [to] <number>\nshop.order hot=yes\n  [a] <size> coffee # hot\n",
    "language fr\nnav.stop\n  (arrête | arrêter) [le guidage]\ndialogue.yes\n  oui\n",
    "language zh\nnav.go-to\n  (去 | 带我去) <station> [站]\nmedia.next\n  下一首\n",
    "<l0> = a b\n<l1> = <l0> <l0> | x\n<l2> = <l1> <l1> | y\na.b\n  <l2> [<l1>] {v}\n",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (seeds); i++)
    add (seeds[i], strlen (seeds[i]), user_data);
}
