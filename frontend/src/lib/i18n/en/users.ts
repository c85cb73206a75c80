export default {
  title: 'Users',
  deactivated: 'Deactivated',
} as const;
