export default {
  title: 'Audit trail',
} as const;
