/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/grammar.h"

#include "speech/numbers.h"

#include <stdint.h>
#include <string.h>

/* Phrases become a non-deterministic program (Thompson's construction, Communications of the ACM
 * 11(6), 1968; captures as in Pike's sam), the program a word graph by subset construction, and
 * the graph the smallest one by merging states from the end (Daciuk et al., Computational
 * Linguistics 26(1), 2000; it has no loops, since phrases have none). The program is kept to
 * read words back. */

#define MAX_STEPS 40000
#define MAX_STATES 40000
#define MAX_WORDS 200
#define MAX_CLASHES 100

typedef enum {
  STEP_WORD,   /* symbol, then next */
  STEP_SPLIT,  /* next is preferred to other */
  STEP_OPEN,   /* text: the slot */
  STEP_CLOSE,
  STEP_VALUE,  /* text */
  STEP_ACCEPT, /* entry */
} StepKind;

typedef struct {
  StepKind kind;
  unsigned next;
  unsigned other; /* second branch, symbol or entry */
  const char *text;
} Step;

struct _VolantGrammar {
  VolantCatalogue *catalogue;
  GArray *steps;
  unsigned start;
  GPtrArray *symbols;
  GHashTable *symbol_numbers;
  GArray *arcs;
  GArray *finals; /* bool per state */
  GPtrArray *clashes;
};

/* One state of the subset construction. */
typedef struct {
  GArray *steps; /* of kind WORD and ACCEPT, ascending */
  unsigned parent;
  unsigned symbol; /* by which it was first reached */
  bool is_final;
} Subset;

typedef struct {
  VolantGrammar *grammar;
  GPtrArray *subsets;
  GHashTable *numbers; /* GBytes of the steps → number + 1 */
  GArray *arcs;
  uint8_t *marks; /* per step: seen in this closure */
} Builder;

static void
clash_free (VolantGrammarClash *clash)
{
  g_free (clash->words);
  g_free (clash->first);
  g_free (clash->second);
  g_free (clash);
}

static void
subset_free (Subset *subset)
{
  g_array_unref (subset->steps);
  g_free (subset);
}

static unsigned
symbol_of (VolantGrammar *grammar, const char *text)
{
  void *number;

  if (g_hash_table_lookup_extended (grammar->symbol_numbers, text, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_ptr_array_add (grammar->symbols, g_strdup (text));
  g_hash_table_insert (grammar->symbol_numbers,
                       g_ptr_array_index (grammar->symbols, grammar->symbols->len - 1),
                       GUINT_TO_POINTER (grammar->symbols->len - 1));
  return grammar->symbols->len - 1;
}

static unsigned
add_step (VolantGrammar *grammar, StepKind kind, unsigned next, unsigned other, const char *text)
{
  Step step = { kind, next, other, text };

  g_array_append_val (grammar->steps, step);
  return grammar->steps->len - 1;
}

/* Writes the steps that say the phrase and go on at next; returns the first. Past MAX_STEPS it adds
 * nothing more, and the caller refuses the whole. */
static unsigned
write_steps (VolantGrammar *grammar, const VolantPhrase *phrase, unsigned next)
{
  const VolantPhrase *first = phrase->children != NULL ? phrase->children->pdata[0] : NULL;
  g_autofree char *slot = NULL;
  unsigned at = next;

  if (grammar->steps->len > MAX_STEPS)
    return next;
  switch (phrase->kind)
    {
    case VOLANT_PHRASE_WORD:
      return add_step (grammar, STEP_WORD, next, symbol_of (grammar, phrase->text), NULL);
    case VOLANT_PHRASE_NAME:
      slot = g_strdup_printf ("<%s>", phrase->text);
      at = add_step (grammar, STEP_CLOSE, next, 0, NULL);
      at = add_step (grammar, STEP_WORD, at, symbol_of (grammar, slot), NULL);
      return add_step (grammar, STEP_OPEN, at, 0, phrase->text);
    case VOLANT_PHRASE_LIST:
      return write_steps (grammar, first, next);
    case VOLANT_PHRASE_CAPTURE:
      at = add_step (grammar, STEP_CLOSE, next, 0, NULL);
      at = write_steps (grammar, first, at);
      return add_step (grammar, STEP_OPEN, at, 0, phrase->text);
    case VOLANT_PHRASE_SEQUENCE:
      for (unsigned i = phrase->children->len; i > 0; i--)
        at = write_steps (grammar, phrase->children->pdata[i - 1], at);
      return at;
    case VOLANT_PHRASE_CHOICE:
      at = write_steps (grammar, phrase->children->pdata[phrase->children->len - 1], next);
      for (unsigned i = phrase->children->len - 1; i > 0; i--)
        {
          unsigned branch = write_steps (grammar, phrase->children->pdata[i - 1], next);

          at = add_step (grammar, STEP_SPLIT, branch, at, NULL);
        }
      return at;
    case VOLANT_PHRASE_OPTIONAL:
      at = write_steps (grammar, first, next);
      return add_step (grammar, STEP_SPLIT, at, next, NULL);
    case VOLANT_PHRASE_VALUE:
      return add_step (grammar, STEP_VALUE, next, 0, phrase->text);
    }
  g_return_val_if_reached (next);
}

static unsigned
write_optional (VolantGrammar *grammar, const VolantPhrase *phrase, unsigned next)
{
  unsigned at;

  if (phrase == NULL)
    return next;
  at = write_steps (grammar, phrase, next);
  return add_step (grammar, STEP_SPLIT, at, next, NULL);
}

/* Joins two starts; UINT_MAX is none. */
static unsigned
write_either (VolantGrammar *grammar, unsigned first, unsigned second)
{
  if (first == UINT_MAX)
    return second;
  return second == UINT_MAX ? first : add_step (grammar, STEP_SPLIT, first, second, NULL);
}

static bool
write_program (VolantGrammar *grammar, VolantGrammarFilter filter, void *data, GError **error)
{
  GPtrArray *entries = volant_catalogue_get_entries (grammar->catalogue);
  unsigned commands = UINT_MAX;
  unsigned bare = UINT_MAX;

  for (unsigned i = entries->len; i > 0 && grammar->steps->len <= MAX_STEPS; i--)
    {
      const VolantCatalogueEntry *entry = g_ptr_array_index (entries, i - 1);
      bool is_bare = g_str_has_prefix (entry->action, "dialogue.");
      unsigned at;

      if (filter != NULL && !filter (entry, data))
        continue;
      at = add_step (grammar, STEP_ACCEPT, 0, i - 1, NULL);
      if (!is_bare)
        at = write_optional (grammar, volant_catalogue_get_after (grammar->catalogue), at);
      at = write_steps (grammar, entry->phrase, at);
      if (is_bare)
        bare = write_either (grammar, at, bare);
      else
        commands = write_either (grammar, at, commands);
    }
  if (commands != UINT_MAX)
    commands = write_optional (grammar, volant_catalogue_get_before (grammar->catalogue), commands);
  grammar->start = write_either (grammar, bare, commands);
  if (grammar->start == UINT_MAX)
    g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                 "%s: no phrase for any of these actions",
                 volant_catalogue_get_name (grammar->catalogue));
  else if (grammar->steps->len > MAX_STEPS)
    g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                 "%s: the phrases unfold to more than %d words: shorten lists that name lists",
                 volant_catalogue_get_name (grammar->catalogue), MAX_STEPS);
  else
    return true;
  return false;
}

static int
compare_numbers (const void *a, const void *b)
{
  unsigned first = *(const unsigned *) a;
  unsigned second = *(const unsigned *) b;

  return (first > second) - (first < second);
}

/* The WORD and ACCEPT steps reached from those of the array without a word, in order, each once. */
static GArray *
close_over (Builder *builder, const GArray *from)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (unsigned));
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (unsigned));
  GArray *closed = g_array_new (FALSE, FALSE, sizeof (unsigned));

  g_array_append_vals (stack, from->data, from->len);
  while (stack->len > 0)
    {
      unsigned at = g_array_index (stack, unsigned, stack->len - 1);
      const Step *step = &g_array_index (builder->grammar->steps, Step, at);

      g_array_set_size (stack, stack->len - 1);
      if (builder->marks[at])
        continue;
      builder->marks[at] = 1;
      g_array_append_val (touched, at);
      if (step->kind == STEP_WORD || step->kind == STEP_ACCEPT)
        {
          g_array_append_val (closed, at);
          continue;
        }
      g_array_append_val (stack, step->next);
      if (step->kind == STEP_SPLIT)
        g_array_append_val (stack, step->other);
    }
  for (unsigned i = 0; i < touched->len; i++)
    builder->marks[g_array_index (touched, unsigned, i)] = 0;
  g_array_sort (closed, compare_numbers);
  return closed;
}

static char *
words_to (const Builder *builder, unsigned number)
{
  g_autoptr (GString) words = g_string_new (NULL);

  while (number != 0)
    {
      const Subset *subset = g_ptr_array_index (builder->subsets, number);

      if (words->len > 0)
        g_string_prepend_c (words, ' ');
      g_string_prepend (words, volant_grammar_get_symbol (builder->grammar, subset->symbol));
      number = subset->parent;
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static bool
same_constants (GHashTable *first, GHashTable *second)
{
  GHashTableIter iter;
  void *key;
  void *value;

  if (g_hash_table_size (first) != g_hash_table_size (second))
    return false;
  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (g_hash_table_lookup (second, key), value) != 0)
      return false;
  return true;
}

/* Notes whether the state is final, and two entries that differ in what they mean. */
static void
judge_subset (Builder *builder, unsigned number)
{
  Subset *subset = g_ptr_array_index (builder->subsets, number);
  GPtrArray *entries = volant_catalogue_get_entries (builder->grammar->catalogue);
  const VolantCatalogueEntry *first = NULL;

  /* The program is written from the last entry to the first. */
  for (unsigned i = subset->steps->len; i > 0; i--)
    {
      unsigned at = g_array_index (subset->steps, unsigned, i - 1);
      const Step *step = &g_array_index (builder->grammar->steps, Step, at);
      const VolantCatalogueEntry *entry;
      VolantGrammarClash *clash;

      if (step->kind != STEP_ACCEPT)
        continue;
      subset->is_final = true;
      entry = g_ptr_array_index (entries, step->other);
      if (first == NULL)
        first = entry;
      if ((strcmp (first->action, entry->action) == 0 &&
           same_constants (first->constants, entry->constants)) ||
          builder->grammar->clashes->len >= MAX_CLASHES)
        continue;
      clash = g_new0 (VolantGrammarClash, 1);
      clash->words = words_to (builder, number);
      clash->first = g_strdup (first->action);
      clash->second = g_strdup (entry->action);
      clash->first_line = first->line;
      clash->second_line = entry->line;
      g_ptr_array_add (builder->grammar->clashes, clash);
    }
}

/* The number of the state of these steps, new or known. Takes the steps. */
static unsigned
number_of (Builder *builder, GArray *steps, unsigned parent, unsigned symbol)
{
  GBytes *key = g_bytes_new (steps->data, steps->len * sizeof (unsigned));
  unsigned known = GPOINTER_TO_UINT (g_hash_table_lookup (builder->numbers, key));
  Subset *subset;

  if (known != 0)
    {
      g_bytes_unref (key);
      g_array_unref (steps);
      return known - 1;
    }
  subset = g_new0 (Subset, 1);
  subset->steps = steps;
  subset->parent = parent;
  subset->symbol = symbol;
  g_ptr_array_add (builder->subsets, subset);
  g_hash_table_insert (builder->numbers, key, GUINT_TO_POINTER (builder->subsets->len));
  judge_subset (builder, builder->subsets->len - 1);
  return builder->subsets->len - 1;
}

static void
follow_words (Builder *builder, unsigned number)
{
  const Subset *subset = g_ptr_array_index (builder->subsets, number);
  g_autoptr (GHashTable) targets =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (unsigned));

  for (unsigned i = 0; i < subset->steps->len; i++)
    {
      unsigned at = g_array_index (subset->steps, unsigned, i);
      const Step *step = &g_array_index (builder->grammar->steps, Step, at);
      GArray *target;

      if (step->kind != STEP_WORD)
        continue;
      target = g_hash_table_lookup (targets, GUINT_TO_POINTER (step->other + 1));
      if (target == NULL)
        {
          target = g_array_new (FALSE, FALSE, sizeof (unsigned));
          g_hash_table_insert (targets, GUINT_TO_POINTER (step->other + 1), target);
          g_array_append_val (order, step->other);
        }
      g_array_append_val (target, step->next);
    }
  for (unsigned i = 0; i < order->len; i++)
    {
      unsigned symbol = g_array_index (order, unsigned, i);
      GArray *target = g_hash_table_lookup (targets, GUINT_TO_POINTER (symbol + 1));
      VolantGrammarArc arc = { number, 0, symbol };

      arc.to = number_of (builder, close_over (builder, target), number, symbol);
      g_array_append_val (builder->arcs, arc);
    }
}

/* The states so that each comes after all that it leads to (Kahn 1962, backwards). */
static unsigned *
order_from_the_end (const Builder *builder)
{
  unsigned n_states = builder->subsets->len;
  unsigned *order = g_new (unsigned, n_states);
  g_autofree unsigned *n_open = g_new0 (unsigned, n_states);
  g_autofree unsigned *first_in = g_new (unsigned, n_states);
  g_autofree unsigned *next_in = g_new (unsigned, builder->arcs->len + 1);
  unsigned n_done = 0;

  memset (first_in, 0xff, n_states * sizeof *first_in);
  for (unsigned i = 0; i < builder->arcs->len; i++)
    {
      const VolantGrammarArc *arc = &g_array_index (builder->arcs, VolantGrammarArc, i);

      n_open[arc->from]++;
      next_in[i] = first_in[arc->to];
      first_in[arc->to] = i;
    }
  for (unsigned i = 0; i < n_states; i++)
    if (n_open[i] == 0)
      order[n_done++] = i;
  for (unsigned i = 0; i < n_done; i++)
    for (unsigned in = first_in[order[i]]; in != UINT_MAX; in = next_in[in])
      {
        unsigned from = g_array_index (builder->arcs, VolantGrammarArc, in).from;

        if (--n_open[from] == 0)
          order[n_done++] = from;
      }
  g_assert (n_done == n_states);
  return order;
}

static int
compare_arcs (const void *a, const void *b)
{
  const VolantGrammarArc *first = a;
  const VolantGrammarArc *second = b;

  return first->symbol != second->symbol ? (first->symbol > second->symbol) * 2 - 1
                                         : (first->to > second->to) - (first->to < second->to);
}

/* What a state can say: its arcs to merged states, in order, and whether it is final. */
static GBytes *
signature_of (const Builder *builder, unsigned state, const unsigned *arc_starts,
              const unsigned *merged)
{
  unsigned n_arcs = arc_starts[state + 1] - arc_starts[state];
  g_autofree VolantGrammarArc *arcs = g_new0 (VolantGrammarArc, n_arcs + 1);

  for (unsigned i = 0; i < n_arcs; i++)
    {
      arcs[i] = g_array_index (builder->arcs, VolantGrammarArc, arc_starts[state] + i);
      arcs[i].from = 0;
      arcs[i].to = merged[arcs[i].to];
    }
  qsort (arcs, n_arcs, sizeof *arcs, compare_arcs);
  arcs[n_arcs].symbol = ((const Subset *) g_ptr_array_index (builder->subsets, state))->is_final;
  return g_bytes_new (arcs, (n_arcs + 1) * sizeof *arcs);
}

/* Merges states that can say the same. The arcs of a state stand together, since they were added
 * state by state. */
static void
merge_states (Builder *builder)
{
  VolantGrammar *grammar = builder->grammar;
  unsigned n_states = builder->subsets->len;
  g_autofree unsigned *order = order_from_the_end (builder);
  g_autofree unsigned *merged = g_new (unsigned, n_states);
  g_autofree unsigned *arc_starts = g_new0 (unsigned, n_states + 1);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                        (GDestroyNotify) g_bytes_unref, NULL);
  g_autofree unsigned *names = g_new (unsigned, n_states);
  unsigned n_merged = 0;

  for (unsigned i = 0; i < builder->arcs->len; i++)
    arc_starts[g_array_index (builder->arcs, VolantGrammarArc, i).from + 1]++;
  for (unsigned i = 0; i < n_states; i++)
    arc_starts[i + 1] += arc_starts[i];
  for (unsigned i = 0; i < n_states; i++)
    {
      GBytes *signature = signature_of (builder, order[i], arc_starts, merged);
      void *first;

      if (g_hash_table_lookup_extended (known, signature, NULL, &first))
        {
          merged[order[i]] = GPOINTER_TO_UINT (first);
          g_bytes_unref (signature);
          continue;
        }
      merged[order[i]] = order[i];
      g_hash_table_insert (known, signature, GUINT_TO_POINTER (order[i]));
    }
  /* The start, number 0, is nobody's double: it alone leads to the whole. */
  memset (names, 0xff, n_states * sizeof *names);
  for (unsigned i = 0; i < n_states; i++)
    if (merged[i] == i)
      {
        bool is_final = ((const Subset *) g_ptr_array_index (builder->subsets, i))->is_final;

        names[i] = n_merged++;
        g_array_append_val (grammar->finals, is_final);
      }
  for (unsigned i = 0; i < builder->arcs->len; i++)
    {
      VolantGrammarArc arc = g_array_index (builder->arcs, VolantGrammarArc, i);

      if (merged[arc.from] != arc.from)
        continue;
      arc.from = names[arc.from];
      arc.to = names[merged[arc.to]];
      g_array_append_val (grammar->arcs, arc);
    }
}

static bool
build_graph (VolantGrammar *grammar, GError **error)
{
  g_autofree uint8_t *marks = g_new0 (uint8_t, grammar->steps->len);
  g_autoptr (GPtrArray) subsets = g_ptr_array_new_with_free_func ((GDestroyNotify) subset_free);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                          (GDestroyNotify) g_bytes_unref, NULL);
  g_autoptr (GArray) arcs = g_array_new (FALSE, FALSE, sizeof (VolantGrammarArc));
  g_autoptr (GArray) start = g_array_new (FALSE, FALSE, sizeof (unsigned));
  Builder builder = { grammar, subsets, numbers, arcs, marks };

  g_array_append_val (start, grammar->start);
  number_of (&builder, close_over (&builder, start), 0, 0);
  for (unsigned i = 0; i < subsets->len; i++)
    {
      if (subsets->len > MAX_STATES)
        {
          g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                       "%s: the phrases make more than %d states: use fewer optional words",
                       volant_catalogue_get_name (grammar->catalogue), MAX_STATES);
          return false;
        }
      follow_words (&builder, i);
    }
  merge_states (&builder);
  return true;
}

VolantGrammar *
volant_grammar_new (VolantCatalogue *catalogue, VolantGrammarFilter filter, void *data,
                    GError **error)
{
  g_autoptr (VolantGrammar) grammar = g_new0 (VolantGrammar, 1);

  grammar->catalogue = volant_catalogue_ref (catalogue);
  grammar->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  grammar->symbols = g_ptr_array_new_with_free_func (g_free);
  grammar->symbol_numbers = g_hash_table_new (g_str_hash, g_str_equal);
  grammar->arcs = g_array_new (FALSE, FALSE, sizeof (VolantGrammarArc));
  grammar->finals = g_array_new (FALSE, FALSE, sizeof (bool));
  grammar->clashes = g_ptr_array_new_with_free_func ((GDestroyNotify) clash_free);
  if (!write_program (grammar, filter, data, error) || !build_graph (grammar, error))
    return NULL;
  return g_steal_pointer (&grammar);
}

void
volant_grammar_free (VolantGrammar *grammar)
{
  g_hash_table_unref (grammar->symbol_numbers);
  g_ptr_array_unref (grammar->symbols);
  g_array_unref (grammar->steps);
  g_array_unref (grammar->arcs);
  g_array_unref (grammar->finals);
  g_ptr_array_unref (grammar->clashes);
  volant_catalogue_unref (grammar->catalogue);
  g_free (grammar);
}

unsigned
volant_grammar_count_states (const VolantGrammar *grammar)
{
  return grammar->finals->len;
}

bool
volant_grammar_is_final (const VolantGrammar *grammar, unsigned state)
{
  return g_array_index (grammar->finals, bool, state);
}

const VolantGrammarArc *
volant_grammar_get_arcs (const VolantGrammar *grammar, unsigned *n_arcs)
{
  *n_arcs = grammar->arcs->len;
  return (const VolantGrammarArc *) (void *) grammar->arcs->data;
}

unsigned
volant_grammar_count_symbols (const VolantGrammar *grammar)
{
  return grammar->symbols->len;
}

const char *
volant_grammar_get_symbol (const VolantGrammar *grammar, unsigned symbol)
{
  return g_ptr_array_index (grammar->symbols, symbol);
}

GPtrArray *
volant_grammar_get_clashes (const VolantGrammar *grammar)
{
  return grammar->clashes;
}

/* Reading words back: depth first, the preferred branch first, each step at each word once. */
typedef struct {
  StepKind kind;
  const char *text;
  unsigned word;
} Event;

typedef struct {
  const VolantGrammar *grammar;
  GStrv words;
  unsigned n_words;
  unsigned *symbols; /* of the words; UINT_MAX: unknown */
  uint8_t *seen;     /* a bit per step and word */
  GArray *events;
} Matcher;

static unsigned
symbol_of_word (const VolantGrammar *grammar, const char *word)
{
  g_autofree char *slot = volant_grammar_slot_of (word);
  g_autofree char *name = slot != NULL ? g_strdup_printf ("<%s>", slot) : NULL;
  void *number;

  if (g_hash_table_lookup_extended (grammar->symbol_numbers, name != NULL ? name : word, NULL,
                                    &number))
    return GPOINTER_TO_UINT (number);
  return UINT_MAX;
}

char *
volant_grammar_slot_of (const char *token)
{
  const char *mark = strrchr (token, '_');

  if (*token == '<' && g_str_has_suffix (token, ">"))
    return g_strndup (token + 1, strlen (token) - 2);
  if (mark == NULL || mark == token || mark[1] == '\0' ||
      strspn (mark + 1, "0123456789") != strlen (mark + 1))
    return NULL;
  return g_strndup (token, (size_t) (mark - token));
}

/* The entry accepted from step at and word, or -1; the events lead there. */
static int
match_from (Matcher *matcher, unsigned at, unsigned word)
{
  while (true)
    {
      const Step *step = &g_array_index (matcher->grammar->steps, Step, at);
      size_t bit = (size_t) at * (matcher->n_words + 1) + word;
      Event event = { step->kind, step->text, word };
      unsigned n_events = matcher->events->len;
      int entry;

      if (matcher->seen[bit / 8] & (1u << (bit % 8)))
        return -1;
      matcher->seen[bit / 8] |= (uint8_t) (1u << (bit % 8));
      switch (step->kind)
        {
        case STEP_ACCEPT:
          return word == matcher->n_words ? (int) step->other : -1;
        case STEP_WORD:
          if (word == matcher->n_words || matcher->symbols[word] != step->other)
            return -1;
          word++;
          break;
        case STEP_SPLIT:
          entry = match_from (matcher, step->next, word);
          if (entry >= 0)
            return entry;
          g_array_set_size (matcher->events, n_events);
          at = step->other;
          continue;
        case STEP_OPEN:
        case STEP_CLOSE:
        case STEP_VALUE:
          g_array_append_val (matcher->events, event);
          break;
        }
      at = step->next;
    }
}

static char *
captured (const Matcher *matcher, const char *slot, unsigned from, unsigned to)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int number = -1;

  for (unsigned i = from; i < to; i++)
    g_string_append_printf (text, "%s%s", i > from ? " " : "", matcher->words[i]);
  if (strcmp (slot, "number") == 0)
    number = volant_numbers_parse (volant_catalogue_get_language (matcher->grammar->catalogue),
                                   text->str);
  if (number >= 0)
    return g_strdup_printf ("%d", number);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A capture may stand in another; a value counts for the innermost. */
static GVariant *
read_parameters (const Matcher *matcher, const VolantCatalogueEntry *entry)
{
  GVariantBuilder builder;
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Event));
  g_autoptr (GList) slots = NULL;
  GHashTableIter iter;
  void *key;
  void *value;

  g_hash_table_iter_init (&iter, entry->constants);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (values, key, g_strdup (value));
  for (unsigned i = 0; i < matcher->events->len; i++)
    {
      Event event = g_array_index (matcher->events, Event, i);
      Event *last = open->len > 0 ? &g_array_index (open, Event, open->len - 1) : NULL;

      if (event.kind == STEP_OPEN)
        g_array_append_val (open, event);
      else if (last != NULL && event.kind == STEP_VALUE)
        g_hash_table_insert (values, (char *) last->text, g_strdup (event.text));
      else if (last != NULL)
        {
          if (!g_hash_table_contains (values, last->text))
            g_hash_table_insert (values, (char *) last->text,
                                 captured (matcher, last->text, last->word, event.word));
          g_array_set_size (open, open->len - 1);
        }
    }
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  slots = g_list_sort (g_hash_table_get_keys (values), (GCompareFunc) strcmp);
  for (GList *slot = slots; slot != NULL; slot = slot->next)
    g_variant_builder_add (&builder, "{ss}", slot->data, g_hash_table_lookup (values, slot->data));
  return g_variant_builder_end (&builder);
}

bool
volant_grammar_match (const VolantGrammar *grammar, const char *words, const char **action,
                      GVariant **parameters)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autofree unsigned *symbols = NULL;
  g_autofree uint8_t *seen = NULL;
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (Event));
  Matcher matcher = { grammar, parts, g_strv_length (parts), NULL, NULL, events };
  const VolantCatalogueEntry *entry;
  int number;

  if (matcher.n_words == 0 || matcher.n_words > MAX_WORDS)
    return false;
  matcher.symbols = symbols = g_new (unsigned, matcher.n_words);
  for (unsigned i = 0; i < matcher.n_words; i++)
    symbols[i] = symbol_of_word (grammar, parts[i]);
  matcher.seen = seen =
      g_new0 (uint8_t, ((size_t) grammar->steps->len * (matcher.n_words + 1)) / 8 + 1);
  number = match_from (&matcher, grammar->start, 0);
  if (number < 0)
    return false;
  entry = g_ptr_array_index (volant_catalogue_get_entries (grammar->catalogue), number);
  *action = entry->action;
  *parameters = read_parameters (&matcher, entry);
  return true;
}
