export default {
  title: 'Roles',
  newTitle: 'New role',
} as const;
