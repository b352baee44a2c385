import type { CodegenConfig } from '@graphql-codegen/cli';

const scalars = { ID: 'string', Date: 'string', DateTime: 'string', URL: 'string' };
const strict = { useTypeImports: true, enumsAsTypes: true, strictScalars: true, defaultScalarType: 'unknown', scalars };

/** Types of the resolvers and of the pages' questions, from the SDL; what is generated is never committed. */
const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/generated/schema.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        ...strict,
        contextType: '../api.js#Context',
        emitLegacyCommonJSImports: false,
        importExtension: '.js',
        inputMaybeValue: 'T | null | undefined',
        resolverTypeWrapperSignature: 'Promise<T> | T',
        mappers: {
          Node: '../model.js#Entity as EntityParent',
          Entity: '../model.js#Entity as EntityParent',
          Paper: '../model.js#Entity as EntityParent',
          Technique: '../model.js#Entity as EntityParent',
          Dataset: '../model.js#Entity as EntityParent',
          Model: '../model.js#Entity as EntityParent',
          Repo: '../model.js#Entity as EntityParent',
          Relation: '../model.js#Relation as RelationParent',
          Evidence: '../model.js#StoredFact',
          EvidenceConnection: '../resolvers.js#FactPage',
          EvidenceEdge: '../resolvers.js#FactEdge',
          Result: '../model.js#StoredFact',
          Document: '../graph/entities.js#StoredDocument',
          Lineage: '../graph/lineage.js#Lineage as LineageParent',
          LineageNode: '../graph/lineage.js#LineageNode as LineageNodeParent',
          Path: '../graph/paths.js#Path as PathParent',
          CommonAncestor: '../graph/ancestors.js#CommonAncestor as CommonAncestorParent',
          Graph: '../graph/neighborhood.js#Graph as GraphParent',
          RelationConnection: '../resolvers.js#StepPage',
          RelationEdge: '../resolvers.js#StepEdge',
          SearchConnection: '../resolvers.js#FoundPage',
          SearchEdge: '../resolvers.js#FoundEdge',
          AssertedFact: '../model.js#StoredFact',
          IngestResult: '../ingest/ingest.js#Ingested',
          StoredReading: '../ingest/ingest.js#StoredReading as StoredReadingParent',
          Retraction: '../graph/retract.js#Retraction as RetractionParent',
          RetractionConnection: '../resolvers.js#RetractionPage',
          RetractionEdge: '../resolvers.js#RetractionPageEdge',
          ResultConnection: '../resolvers.js#FactPage',
          ResultEdge: '../resolvers.js#FactEdge',
          ...Object.fromEntries(
            ['Paper', 'Technique', 'Dataset', 'Model', 'Repo'].flatMap((kind) => [
              [`${kind}Connection`, '../resolvers.js#EntityPage'],
              [`${kind}Edge`, '../resolvers.js#EntityEdge'],
            ]),
          ),
          Stats: '../graph/stats.js#Stats as StatsParent',
          Connected: '../graph/degrees.js#Connected as ConnectedParent',
          RelationRule: '../ontology.js#RelationType as RelationTypeParent',
        },
      },
    },
    'src/web/generated/': {
      documents: 'src/web/explorer/**/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { ...strict, documentMode: 'string', inputMaybeValue: 'T | null | undefined' },
    },
  },
};

export default config;
