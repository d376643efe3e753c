/**
 * The pure core of the dataset generator: who plays what, how it comes out, and everything that is known about it.
 *
 *     const rudiment = parseRudiment(yaml)                         a definition; figureOf, variationsOf, interchangeOf
 *     const player = samplePlayer(datasetSeed, 'advanced', 3)      or samplePlayers(datasetSeed, 100)
 *     const material = rudimentMaterial(rudiment, 'R')             or figureMaterial(variation, ...), grooveMaterial(pattern, slug), grooveOfMidi(bytes, slug)
 *     const performance = performExercise({ datasetSeed, player, material, tempo: 120, take: 0, length: { cycles: 4 } })
 *     const midi = encodePerformance(performance)                  Standard MIDI File, channel 10, 960 ticks a quarter
 *     const labels = labelsOf(performance)                         strokes, beats, measures, exercise; scores of both versions
 *     const rows = rowsOf(sample, hashes)                          every table of the dataset; TABLES names the columns
 *     const lists = splitsOf(samples, ratios, datasetSeed)         who trains and who is tested
 *     const id = sampleId(player, material.slug, 120, 'pad', 'clean_studio')
 *
 * Nothing here knows a file, a clock or a process: the same arguments give the same bytes, in any order and on any number of workers.
 */
export * from './labels';
export * from './performance';
export * from './plan';
export * from './players';
export * from './report';
export * from './rows';
export * from './rudiments';
export * from './scores';
export * from './splits';
