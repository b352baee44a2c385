/** Imported before all else: unless it runs in production, graphql-js looks twice at every value of every answer. */
process.env['NODE_ENV'] ??= 'production';
