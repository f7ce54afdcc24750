/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <string.h>

/* French street names, each given once. */

static const char *const old_names[] = {
  "des Tanneurs", "des Drapiers", "des Tisserands", "des Orfèvres", "des Potiers", "des Cordiers",
  "des Tonneliers", "des Boulangers", "des Bouchers", "de la Poissonnerie", "des Forgerons",
  "des Charpentiers", "des Voiliers", "des Calfats", "des Armateurs", "des Corsaires", "des Pèlerins",
  "des Échevins", "des Chanoines", "des Ursulines", "des Carmes", "des Cordeliers", "des Jacobins",
  "des Capucins", "du Chapitre", "de la Cathédrale", "du Cloître", "du Beffroi", "de l'Horloge",
  "du Vieux Marché", "du Pilori", "de la Monnaie", "du Grenier à Sel", "de la Halle aux Blés",
  "du Puits d'Or", "du Puits Salé", "de la Fontaine", "des Trois Rois", "du Chat qui Pêche",
  "du Cheval Blanc", "du Lion d'Or", "de la Truie qui File", "du Pot d'Étain", "de la Clef",
  "des Quatre Vents", "du Sauvage", "de la Sirène", "du Dauphin", "de l'Ancre", "du Compas",
  "Saint-Nicolas", "Saint-Pierre", "Saint-Martin", "Saint-Michel", "Saint-Jacques", "Saint-Sauveur",
  "Sainte-Anne", "Sainte-Catherine", "Saint-Yves", "Saint-Éloi", "Saint-Clément", "Saint-Goustan",
  "Notre-Dame", "du Parvis", "de l'Évêché", "de la Vieille Prison", "du Guet", "de la Herse",
  "du Pont-Levis", "des Remparts", "de la Tour Ronde", "de la Poterne", "des Arbalétriers",
  "des Hallebardiers", "de la Poudrière", "du Bastion", "de l'Arsenal", "du Château", "du Donjon",
  "des Lices", "des Ménestrels", "des Troubadours", "des Parcheminiers", "des Imprimeurs",
  "des Libraires", "du Vieux Pont", "de la Petite Venelle", "des Marmousets", "de l'Écu", "du Bélier",
  "de la Licorne", "du Cerf Volant", "du Soleil Levant", "de l'Étoile d'Argent", "de la Lanterne",
  "des Chandeliers", "des Savetiers", "des Selliers", "des Vitriers", "des Chaudronniers",
};

static const char *const city_names[] = {
  "Victor Hugo", "Jean Jaurès", "Émile Zola", "Voltaire", "Jean-Jacques Rousseau", "Molière", "Racine",
  "Corneille", "Honoré de Balzac", "Gustave Flaubert", "Stendhal", "George Sand", "Colette",
  "Alexandre Dumas", "Arthur Rimbaud", "Paul Verlaine", "Charles Baudelaire", "Alphonse de Lamartine",
  "Montaigne", "Rabelais", "Descartes", "Pascal", "Diderot", "Montesquieu", "Beaumarchais", "Marivaux",
  "Louis Pasteur", "Marie Curie", "Pierre Curie", "Henri Poincaré", "Évariste Galois", "Sophie Germain",
  "Ampère", "Lavoisier", "Gay-Lussac", "Fresnel", "Foucault", "Claude Bernard", "Ambroise Paré",
  "Laennec", "Buffon", "Cuvier", "Jussieu", "Réaumur", "Papin", "Gustave Eiffel", "Vauban",
  "Ferdinand de Lesseps", "Clément Ader", "Louis Blériot", "Hélène Boucher", "Saint-Exupéry",
  "Jean Mermoz", "Surcouf", "Duguay-Trouin", "Jean Bart", "La Pérouse", "Bougainville",
  "Dumont d'Urville", "Samuel de Champlain", "Claude Debussy", "Maurice Ravel", "Hector Berlioz",
  "Georges Bizet", "Camille Saint-Saëns", "Gabriel Fauré", "Erik Satie", "Nadia Boulanger",
  "Claude Monet", "Édouard Manet", "Auguste Renoir", "Paul Cézanne", "Edgar Degas", "Berthe Morisot",
  "Camille Pissarro", "Paul Gauguin", "Henri Matisse", "Georges Braque", "Fernand Léger",
  "Eugène Delacroix", "Jean-Baptiste Corot", "Gustave Courbet", "Auguste Rodin", "Camille Claudel",
  "Antoine Bourdelle", "Rosa Bonheur", "Sarah Bernhardt", "Georges Méliès", "Louis Lumière",
  "Édith Piaf", "Georges Brassens", "Jacques Prévert", "Paul Éluard", "Louis Aragon", "Albert Camus",
  "Simone de Beauvoir", "Marguerite Yourcenar", "Jean Moulin", "Lucie Aubrac", "Germaine Tillion",
  "Pierre Brossolette", "Aristide Briand", "Léon Gambetta", "Jules Ferry", "Léon Blum",
  "Pierre Mendès France", "Olympe de Gouges", "Louise Michel", "Condorcet", "Mirabeau", "Danton",
  "Lafayette", "Carnot", "Kléber", "Hoche", "Marceau", "Turenne", "Colbert", "Richelieu", "Sully",
  "de Bretagne", "de Normandie", "de Provence", "d'Alsace", "de Lorraine", "de Bourgogne",
  "d'Aquitaine", "de Touraine", "d'Anjou", "du Poitou", "de Picardie", "de Savoie", "du Dauphiné",
  "de Nantes", "de Brest", "de Bordeaux", "de Lyon", "de Marseille", "de Lisbonne", "de Dublin",
  "de Bergen", "de Gênes", "d'Athènes", "de Québec", "de Valparaiso", "de Yokohama", "de Canton",
  "de la Paix", "de la Fraternité", "de l'Égalité", "du Progrès", "de l'Avenir", "de l'Union",
  "de la Concorde", "de la Victoire", "du Général Leclerc", "du Maréchal Foch", "du Huit Mai",
  "du Onze Novembre", "du Quatorze Juillet", "du Quatre Septembre", "de l'Hôtel de Ville",
  "du Palais", "du Théâtre", "de l'Opéra", "du Musée", "de la Gare", "de la Poste", "des Écoles",
  "du Lycée", "du Conservatoire", "de l'Observatoire", "de la Bourse", "du Commerce", "de l'Industrie",
  "des Arts", "des Sciences", "des Lettres", "de la Verrerie", "de la Manufacture", "de la Filature",
  "des Docks", "des Entrepôts", "de la Douane", "du Port", "des Chantiers", "de l'Amirauté",
  "de la Marine", "des Messageries", "des Frégates", "des Caravelles", "des Goélettes", "des Caboteurs",
};

static const char *const nature_nouns[] = {
  "du Moulin", "de la Fontaine", "du Ruisseau", "de la Source", "du Clos", "du Pré", "de la Prairie",
  "du Verger", "de la Vigne", "du Bois", "de la Clairière", "du Chêne", "du Tilleul", "du Hêtre",
  "du Cèdre", "de la Colline", "du Coteau", "du Vallon", "de la Combe", "de la Roche", "du Rocher",
  "de la Dune", "de la Grève", "de la Pointe", "de l'Anse", "du Phare", "du Sémaphore", "de la Chapelle",
  "du Calvaire", "de la Ferme", "du Manoir", "du Colombier", "de la Grange", "du Lavoir", "de l'Étang",
  "du Gué", "de la Lande", "du Champ", "du Jardin", "de la Bergerie",
};

static const char *const nature_epithets[] = {
  "", " Vert", " Blanc", " aux Loups", " aux Alouettes", " de Haut", " de Bas", " du Nord", " du Midi",
  " aux Moines", " des Dames", " du Roi", " aux Cerfs", " de l'Ermite", " aux Fées", " d'Argent",
  " aux Abeilles", " du Berger", " de Mer", " aux Hirondelles",
};

static const char *const plants_and_birds[] = {
  "Acacias", "Ajoncs", "Alouettes", "Amandiers", "Anémones", "Aubépines", "Aulnes", "Bécassines",
  "Bergeronnettes", "Bleuets", "Bouleaux", "Bouvreuils", "Bruyères", "Camélias", "Cerisiers",
  "Chardonnerets", "Charmes", "Châtaigniers", "Chèvrefeuilles", "Cigognes", "Colibris", "Colverts",
  "Coquelicots", "Cormorans", "Courlis", "Cygnes", "Cyprès", "Dahlias", "Digitales", "Églantines",
  "Érables", "Fauvettes", "Figuiers", "Fougères", "Frênes", "Fusains", "Genêts", "Geais", "Giroflées",
  "Glycines", "Goélands", "Grives", "Hérons", "Hirondelles", "Hortensias", "Huîtriers", "Iris",
  "Jacinthes", "Jasmins", "Jonquilles", "Lauriers", "Lavandes", "Lilas", "Liserons", "Loriots",
  "Macareux", "Magnolias", "Marguerites", "Marronniers", "Martinets", "Martins-Pêcheurs", "Mélèzes",
  "Merles", "Mésanges", "Mimosas", "Mouettes", "Muguets", "Myosotis", "Myrtilles", "Narcisses",
  "Néfliers", "Noisetiers", "Noyers", "Œillets", "Oliviers", "Ormes", "Palombes", "Pâquerettes",
  "Pélicans", "Pensées", "Perdrix", "Pervenches", "Peupliers", "Pins", "Pinsons", "Pivoines",
  "Platanes", "Pluviers", "Poiriers", "Pommiers", "Primevères", "Pruniers", "Ramiers", "Rossignols",
  "Roitelets", "Roseaux", "Rosiers", "Rouges-Gorges", "Sapins", "Sarcelles", "Saules", "Sittelles",
  "Sorbiers", "Sternes", "Sureaux", "Tamaris", "Tournesols", "Tourterelles", "Trembles", "Troènes",
  "Tulipes", "Vanneaux", "Verdiers", "Violettes",
};

static const char *const first_names[] = {
  "Adèle", "Alban", "Aline", "Anatole", "André", "Armand", "Aurélie", "Barnabé", "Bastien", "Blanche",
  "Camille", "Célestin", "Clarisse", "Clémence", "Corentin", "Désiré", "Edmond", "Élise", "Émilienne",
  "Étienne", "Eugénie", "Fabien", "Félicie", "Fernand", "Firmin", "Gaston", "Gilberte", "Hector",
  "Henriette", "Honorine", "Irène", "Isidore", "Jeanne", "Joachim", "Joséphine", "Jules", "Léonie",
  "Lucien", "Madeleine", "Marcel", "Mathilde", "Maurice", "Nestor", "Octave", "Odette", "Paulin",
  "Philomène", "Prosper", "Raymonde", "Rémi", "Rosalie", "Sidonie", "Théodore", "Valentine", "Victorin",
  "Yvonne", "Zéphyrin",
};

static const char *const last_names[] = {
  "Aubry", "Bellanger", "Bertaud", "Bodin", "Bonnefoy", "Boulay", "Brissac", "Cadiou", "Carpentier",
  "Chauvin", "Corbel", "Daguerre", "Delorme", "Desnos", "Duval", "Fontenay", "Fouquet", "Gallois",
  "Garnier", "Gautier", "Guérin", "Guillou", "Hamelin", "Huet", "Jolivet", "Kergoat", "Kermarec",
  "Lacombe", "Langlois", "Laroche", "Le Bihan", "Le Goff", "Lemaître", "Lescot", "Lorrain", "Maillard",
  "Marchand", "Mercier", "Monfort", "Moreau", "Morvan", "Nicolet", "Noiret", "Pasquier", "Pelletier",
  "Perrault", "Quéméner", "Renaudin", "Rivoal", "Rousselot", "Sauvage", "Tanguy", "Tessier", "Thibault",
  "Vasseur", "Vernier", "Vigneron",
};

enum {
  OLD,
  CITY,
  NATURE,
  PLANTS,
  PEOPLE,
  N_POOLS,
};

static unsigned given[N_POOLS];

void
demo_names_reset (void)
{
  memset (given, 0, sizeof given);
}

static unsigned
pool_size (unsigned pool)
{
  static const unsigned sizes[N_POOLS] = {
    G_N_ELEMENTS (old_names),
    G_N_ELEMENTS (city_names),
    G_N_ELEMENTS (nature_nouns) * G_N_ELEMENTS (nature_epithets),
    G_N_ELEMENTS (plants_and_birds),
    G_N_ELEMENTS (first_names) * G_N_ELEMENTS (last_names),
  };

  return sizes[pool];
}

/* A stride that shares no factor with any pool's size walks each pool once, scattered. */
static char *
take (unsigned pool)
{
  unsigned n = given[pool]++;
  unsigned i = (unsigned) ((uint64_t) n * 100003 % pool_size (pool));

  switch (pool)
    {
    case OLD:
      return g_strdup (old_names[i]);
    case CITY:
      return g_strdup (city_names[n]);
    case NATURE:
      return g_strconcat (nature_nouns[i % G_N_ELEMENTS (nature_nouns)],
                          nature_epithets[i / G_N_ELEMENTS (nature_nouns)], NULL);
    case PLANTS:
      return g_strconcat ("des ", plants_and_birds[i], NULL);
    default:
      return g_strconcat (first_names[i % G_N_ELEMENTS (first_names)], " ",
                          last_names[i / G_N_ELEMENTS (first_names)], NULL);
    }
}

char *
demo_next_name (DemoPlan *plan, const char *type, unsigned zone)
{
  static const unsigned orders[4][4] = {
    { OLD, PEOPLE, PEOPLE, PEOPLE },
    { CITY, PEOPLE, PEOPLE, PEOPLE },
    { PLANTS, NATURE, PEOPLE, PEOPLE },
    { CITY, NATURE, PEOPLE, PEOPLE },
  };
  g_autofree char *rest = NULL;
  unsigned first = zone == 2 ? demo_random_below (&plan->random, 3)
                             : demo_random_below (&plan->random, 2) * (zone == 1);

  for (unsigned i = first; rest == NULL; i++)
    if (given[orders[zone][MIN (i, 3)]] < pool_size (orders[zone][MIN (i, 3)]))
      rest = take (orders[zone][MIN (i, 3)]);
  return g_strconcat (type, " ", rest, NULL);
}
