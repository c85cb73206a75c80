export default {
  title: 'New user',
} as const;
